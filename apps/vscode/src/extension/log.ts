import type { LogOutputChannel } from 'vscode'

/** The output channel “Tallyforge”. It never gets a token, a prompt or what is in a file. */
export type Log = Pick<LogOutputChannel, 'info' | 'warn' | 'error' | 'debug'>
