import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tallyforge/client/client'
import type { Person } from './person.ts'

const main = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url))

export type TfEnd = { code: number | null; stdout: string; stderr: string }

/** A command line that runs: what it has said so far, signals to it, and its end. */
export type Tf = {
  /** Everything so far, of both streams. */
  said: () => string
  kill: (signal: NodeJS.Signals) => void
  ended: Promise<TfEnd>
}

/** Starts `tf` as a person would: a process of its own, with a folder for settings that nothing else uses. */
export function startTf(words: string[], env: Record<string, string>): Tf {
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return {
    said: () => stdout + stderr,
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, stdout, stderr }))
    }),
  }
}

/** The environment of a device that nobody is signed in on. */
export async function newDevice(origin: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-tf-'))
  return { TALLYFORGE_CONFIG: folder, TALLYFORGE_URL: origin }
}

/** The environment of a device that a person has let in. */
export async function deviceOf({ client }: Person, origin: string): Promise<Record<string, string>> {
  const device = createClient({ url: `${origin}/trpc` })
  const { userCode, deviceCode } = await device.auth.device.start.mutate({ label: `tf ${randomUUID()}` })
  await client.auth.device.approve.mutate({ userCode })
  const answer = await device.auth.device.poll.mutate({ deviceCode })
  if (answer.status !== 'approved') throw new Error(`the device was not let in: ${answer.status}`)
  return { ...(await newDevice(origin)), TALLYFORGE_TOKEN: answer.token }
}
