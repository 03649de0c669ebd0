import { commands } from 'vscode'
import { readFailure } from './failure.ts'
import type { Log } from './log.ts'
import { showError } from './messages.ts'

/** Tells what went wrong, with the one act that helps. Faults of our own go to the log, where their cause is. */
export async function showFailure(error: unknown, log: Log): Promise<void> {
  const { kind, message } = readFailure(error)
  logFailure(error, log)
  const step = nextSteps[kind]
  const chosen = await showError(message, ...(step === undefined ? [] : [step.label]))
  if (step !== undefined && chosen === step.label) await commands.executeCommand(step.command)
}

/** Writes a failure down, without anything that a person wrote. */
export function logFailure(error: unknown, log: Log): void {
  const { kind, message, requestId } = readFailure(error)
  if (kind === 'internal' && error instanceof Error) log.error(error.stack ?? error.message)
  else log.warn(`${kind}: ${message}${requestId === null ? '' : ` (request ${requestId})`}`)
}

const nextSteps: Partial<Record<string, { label: string; command: string }>> = {
  unauthenticated: { label: 'Sign in', command: 'tallyforge.signIn' },
  insufficient_tokens: { label: 'Open tokens', command: 'tallyforge.openTokens' },
  offline: { label: 'Open settings', command: 'tallyforge.openSettings' },
  internal: { label: 'Show log', command: 'tallyforge.showLog' },
}
