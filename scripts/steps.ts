import { spawn } from 'node:child_process'
import { root } from './processes.ts'

export type Step = {
  name: string
  command: string
  args: string[]
  cwd?: string
  env?: Record<string, string>
}
export type StepResult = { name: string; isOk: boolean; seconds: number }

/** Runs one step with its output on ours. */
export function runStep(step: Step): Promise<StepResult> {
  const startedAt = Date.now()
  process.stdout.write(`\n── ${step.name}\n`)
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, {
      cwd: step.cwd ?? root,
      // What turbo and tools start must not install again, each for itself.
      env: {
        ...process.env,
        pnpm_config_verify_deps_before_run: 'false',
        TURBO_TELEMETRY_DISABLED: '1',
        ...step.env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const end = (isOk: boolean) =>
      resolve({ name: step.name, isOk, seconds: (Date.now() - startedAt) / 1_000 })
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      end(false)
    })
    child.once('exit', (code) => end(code === 0))
  })
}

/** Says how each step went, one line each. */
export function report(results: StepResult[]): void {
  process.stdout.write('\n')
  for (const { name, isOk, seconds } of results) {
    process.stdout.write(`${isOk ? '✔' : '✖'} ${name.padEnd(28)} ${seconds.toFixed(1)} s\n`)
  }
}
