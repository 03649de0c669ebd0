import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { CliError, toCliError } from './failure.ts'
import type { Io } from './io.ts'
import { buildProgram } from './program.ts'

/** Runs one command line to its end. Never throws for what a person did or a server said; see {@link exitCodes}. */
export async function run(io: Io): Promise<ExitCode> {
  const program = buildProgram(io)
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
  }
  try {
    await program.parseAsync(io.argv, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    // Commander has written what there is to say: help and the version end well, everything else is a wrong word.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    // What a call that was cut off throws says nothing to whoever cut it off.
    if (io.interrupted.aborted && !(error instanceof CliError)) return exitCodes.canceled
    const failure = toCliError(error)
    io.stderr.write(`${failure.message}\n`)
    return failure.exitCode
  }
}
