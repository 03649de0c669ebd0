import type { Generation } from '@tallyforge/client/outputs'
import { notDoneText } from '@tallyforge/core/plugins/outcome'
import { inTokens } from './amounts.ts'
import type { Cli } from './cli.ts'
import { exitCodes } from './exit-codes.ts'
import { CliError } from './failure.ts'
import { printable, printableLines } from './printable.ts'

/** Tells how a generation ended. @throws for one that ended without a version that is ready, so that scripts notice. */
export function tellOutcome({ out, io }: Pick<Cli, 'out' | 'io'>, generation: Generation): void {
  const { state, versionNumber, cost, pluginId } = generation
  const charged = inTokens(cost?.charged ?? 0n)
  const version = versionNumber === null ? 'It' : `Version ${versionNumber}`
  if (state === 'succeeded') {
    const missing = notDoneText(generation.prose)
    const lines = [
      `${version} is ready. It cost ${charged}.`,
      ...(missing === null ? [] : [printableLines(`Not everything was done: ${missing}`)]),
      `  tf plugins download ${pluginId}`,
    ]
    out.result(generation, lines.join('\n'))
    return
  }
  if (out.isJson) out.result(generation, '')
  if (state === 'canceled') {
    // 130 says that this run's person pressed Ctrl-C: what was stopped elsewhere is another end.
    const code = io.interrupted.aborted ? exitCodes.canceled : exitCodes.stopped
    throw new CliError(`Stopped. It cost ${charged}.`, code)
  }
  const reasons = generation.steps
    .filter(({ status }) => status === 'failed')
    .flatMap(({ messages }) => messages.slice(0, 5))
    .map(
      ({ path, line, text }) =>
        `  ${path === undefined ? '' : `${path}${line === undefined ? '' : `:${line}`}  `}${text}`,
    )
  const why = printable(generation.failure ?? 'It did not build.')
  throw new CliError(
    [`${version} is not ready: ${why} You were not charged.`, ...reasons.map(printable)].join('\n'),
  )
}
