import { join } from 'node:path'
import { root } from './processes.ts'
import { report, runStep } from './steps.ts'

/** `pnpm prove`: the long proofs (T2). `SEED=` replays a random one. */
const result = await runStep({
  name: 'proofs',
  command: join(root, 'node_modules/.bin/vitest'),
  args: ['run', '--config', 'vitest.prove.config.ts', ...process.argv.slice(2)],
  env: { PROVE: '1' },
})
report([result])
process.exitCode = result.isOk ? 0 : 1
