import { CommanderError } from 'commander'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { toCliError } from './failure.ts'
import type { Io } from './io.ts'
import { printableLines } from './printable.ts'
import { buildProgram } from './program.ts'

/** Runs one command line to its end. Never throws for what a person did or a server said; see {@link exitCodes}. */
export async function run(process: Io): Promise<ExitCode> {
  // Whatever is said beside results may hold words of a server or of a person.
  const stderr = { write: (text: string) => process.stderr.write(printableLines(text)) }
  const io = { ...process, stderr }
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
    if (isCutOff(error, io.interrupted)) return exitCodes.canceled
    const failure = toCliError(error)
    io.stderr.write(`${failure.message}\n`)
    return failure.exitCode
  }
}

/** Every call passes on what it was cut off with, some inside an error of their own. Others that fail after a Ctrl-C are told. */
function isCutOff(error: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted && (error === reason || (error instanceof Error && error.cause === reason))
}
