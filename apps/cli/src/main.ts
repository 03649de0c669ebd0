#!/usr/bin/env node
import process from 'node:process'
import { createLogUpdate } from 'log-update'
import open from 'open'
import { exitCodes } from './exit-codes.ts'
import { run } from './run.ts'

const interrupt = new AbortController()
process.on('SIGINT', () => {
  // The first one asks to stop cleanly; whoever presses it again does not want to wait.
  if (interrupt.signal.aborted) process.exit(exitCodes.canceled)
  interrupt.abort()
})
process.on('SIGTERM', () => interrupt.abort())
// `tf … 2>&1 | head` closes the pipe: there is nobody to write for. Whoever had ended by then ends as it did.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitCodes.done)
    throw error
  })
}

const update = process.stderr.isTTY ? createLogUpdate(process.stderr) : null

process.exitCode = await run({
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  liveLine: update && { show: update, clear: () => update.clear() },
  interrupted: interrupt.signal,
  openBrowser: open,
})
