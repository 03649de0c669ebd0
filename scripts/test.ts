import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import { root } from './processes.ts'
import { report, runStep, type StepResult } from './steps.ts'

const bin = (name: string) => join(root, 'node_modules/.bin', name)

/** `pnpm test`: checks, then unit and integration tests on real PostgreSQL, then end-to-end tests in a real browser and a real VS Code. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-results-'))
  const results: StepResult[] = await check()
  const failedChecks = results.filter((result) => !result.isOk).length

  const unitReport = join(folder, 'unit.json')
  results.push(
    await runStep({
      name: 'unit and integration tests',
      command: bin('vitest'),
      args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`],
      // A log is read as text.
      env: process.stdout.isTTY ? {} : { NO_COLOR: '1' },
    }),
  )
  const endToEndReports = [join(folder, 'web.json'), join(folder, 'vscode.json')] as const
  results.push(
    await runStep({
      name: 'end-to-end tests',
      command: process.execPath,
      args: ['run.ts'],
      cwd: join(root, 'e2e'),
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReports[0], VSCODE_JSON_OUTPUT_FILE: endToEndReports[1] },
    }),
  )
  const unit = await readUnit(unitReport)
  const endToEnd = sum(await Promise.all(endToEndReports.map(readEndToEnd)))
  await rm(folder, { recursive: true, force: true })

  report(results)
  // A step that broke without any failed test (a crash, no tests at all) must not read as a success.
  const silent = results
    .slice(-2)
    .filter((result, index) => !result.isOk && [unit, endToEnd][index]?.failed === 0).length
  const passed = unit.passed + endToEnd.passed
  const failed = unit.failed + endToEnd.failed + failedChecks + silent
  process.stdout.write(
    `\nunit and integration: ${unit.passed} passed, ${unit.failed} failed · end-to-end: ${endToEnd.passed} passed, ${endToEnd.failed} failed · checks: ${results.length - 2 - failedChecks} passed, ${failedChecks} failed\n`,
  )
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

type Counts = { passed: number; failed: number }

function sum(all: Counts[]): Counts {
  const add = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0)
  return { passed: add('passed'), failed: add('failed') }
}

async function readUnit(path: string): Promise<Counts> {
  const json = await readJson<{
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
  }>(path)
  if (json === null) return { passed: 0, failed: 0 }
  return { passed: json.numPassedTests, failed: json.numFailedTests }
}

async function readEndToEnd(path: string): Promise<Counts> {
  const json = await readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(path)
  if (json === null) return { passed: 0, failed: 0 }
  // A test that passed only when repeated has failed.
  return { passed: json.stats.expected, failed: json.stats.unexpected + json.stats.flaky }
}

async function readJson<T>(path: string): Promise<T | null> {
  return readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as T,
    () => null,
  )
}

await main()
