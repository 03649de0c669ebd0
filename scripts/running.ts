import { readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dataFolder, root } from './processes.ts'

/** What a running `pnpm dev` notes of itself, for the next one and for `diagnose`. */
export type Running = {
  runner: number
  children: (number | undefined)[]
  /** Where its parts listen, by their settings. Absent in notes of earlier versions. */
  ports?: { PORT: number; WEB_PORT: number; SANDBOX_PORT: number }
}

const notePath = join(dataFolder, 'dev.json')

/** What a run in this checkout noted, whether it lives or not. */
export async function readNote(): Promise<Running | null> {
  return readFile(notePath, 'utf8').then(
    (text) => JSON.parse(text) as Running,
    () => null,
  )
}

export async function writeNote(note: Running): Promise<void> {
  await writeFile(notePath, JSON.stringify(note))
}

export async function removeNote(): Promise<void> {
  await rm(notePath, { force: true })
}

/** The `pnpm dev` that runs in this checkout now. */
export async function findRunning(): Promise<Running | null> {
  const note = await readNote()
  return note !== null && (await isOurs(note.runner, 'scripts/dev.ts')) ? note : null
}

/** Whether a process lives, was started from this folder and is one of these: pids are given again to others. */
export async function isOurs(pid: number, ...names: string[]): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '')
  return names.some((name) => command.includes(name)) && (folder === root || folder.startsWith(`${root}/`))
}
