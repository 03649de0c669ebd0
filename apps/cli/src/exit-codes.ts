/** What a script can tell a run's end by. 130 is what shells give for Ctrl-C. */
export const exitCodes = {
  done: 0,
  /** The act was refused or failed: the message says why. */
  failed: 1,
  /** Wrong words on the command line. */
  usage: 2,
  signedOut: 3,
  /** No answer from the server, or one that we cannot work with. */
  noServer: 4,
  insufficientTokens: 5,
  /** The generation was stopped, and not from here. */
  stopped: 6,
  canceled: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
