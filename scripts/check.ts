import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './processes.ts'
import { report, runStep, type Step, type StepResult } from './steps.ts'

const bin = (name: string) => join(root, 'node_modules/.bin', name)

const steps: Step[] = [
  { name: 'format, lint and fences', command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'types',
    command: bin('turbo'),
    args: ['run', 'typecheck', '--output-logs=errors-only', '--log-prefix=none'],
  },
  { name: 'types of scripts', command: bin('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'unused code (knip)', command: bin('knip'), args: [] },
]

/** Format, lint, fences, types, unused code: everything that needs nothing started. */
export async function check(): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const step of steps) results.push(await runStep(step))
  return results
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const results = await check()
  report(results)
  process.exitCode = results.every((result) => result.isOk) ? 0 : 1
}
