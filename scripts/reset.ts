import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { startEmbedded } from '@tallyforge/db/embedded'
import { explainFailure } from './explain.ts'
import { dataFolder, fallbackFolder } from './processes.ts'
import { findRunning } from './running.ts'

/** `pnpm reset`: stops the embedded PostgreSQL and removes everything that running left behind. Asks first. */
async function reset(): Promise<void> {
  if (process.env.DATABASE_URL)
    throw new Error('DATABASE_URL is set: this only resets the embedded database. Unset it first.')
  const running = await findRunning()
  if (running !== null) {
    throw new Error(`Tallyforge is running here (process ${running.runner}). Stop it with Ctrl-C first.`)
  }
  if (!process.argv.includes('--yes') && !(await isSure())) {
    process.stdout.write('Nothing was removed.\n')
    return
  }
  // Adopts a server that still runs, so that no files are pulled away under it.
  const server = await startEmbedded({
    dataFolder: join(dataFolder, 'postgres'),
    port: 54_320,
    fallbackFolder,
  })
  await server.stop()
  await rm(dataFolder, { recursive: true, force: true })
  await rm(fallbackFolder, { recursive: true, force: true })
  process.stdout.write('Everything is gone. `pnpm dev` starts afresh.\n')
}

async function isSure(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    'This removes all accounts, plugins and tokens of this checkout. Type "reset" to go on: ',
  )
  terminal.close()
  return answer.trim() === 'reset'
}

reset().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
