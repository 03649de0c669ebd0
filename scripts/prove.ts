import { join } from 'node:path'
import { root } from './processes.ts'
import { report, runStep, type Step, type StepResult } from './steps.ts'

const chosen = process.argv.slice(2)

/** `pnpm prove`: the long proofs (T2). `SEED=` replays a random one; a word chooses files, `vscode` the walk in VS Code. */
const proofs: Step = {
  name: 'proofs',
  command: join(root, 'node_modules/.bin/vitest'),
  args: ['run', '--config', 'vitest.prove.config.ts', ...chosen],
  env: { PROVE: '1' },
}
const walk: Step = {
  name: 'the whole walk in VS Code',
  command: process.execPath,
  args: ['run.ts', 'vscode', ...chosen.slice(1)],
  cwd: join(root, 'e2e'),
  env: { PROVE: '1' },
}
const isWalk = chosen[0] === 'vscode'
const results: StepResult[] = []
if (!isWalk) results.push(await runStep(proofs))
if (isWalk || chosen.length === 0) results.push(await runStep(walk))
report(results)
const failed = results.filter(({ isOk }) => !isOk).length
process.stdout.write(failed === 0 ? '\nEvery proof held.\n' : `\n${failed} of ${results.length} failed.\n`)
process.exitCode = failed === 0 ? 0 : 1
