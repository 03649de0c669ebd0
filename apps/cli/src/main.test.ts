import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { newDevice } from './testing/tf.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

test.each([
  ['stderr', ['--server', 'http://127.0.0.1:1', 'whoami'], exitCodes.noServer],
  ['stdout', ['--help'], exitCodes.done],
] as const)(
  'a %s that nobody reads any more changes nothing of how a run ends',
  async (name, words, code) => {
    const { cwd, env } = await newDevice()
    const child = spawn(process.execPath, [main, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    child[name].destroy()
    expect(await once(child, 'exit')).toEqual([code, null])
  },
)
