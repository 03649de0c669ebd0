import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runChecker } from './checker-process.ts'

/** A shell in the checker's place, with a child of its own that would outlive a kill of the shell alone. */
function run(script: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const args = ['-c', script]
  return runChecker({ program: '/bin/sh', args, folder: tmpdir(), timeoutMs: 5000, ...options })
}

async function isRunning(seconds: string): Promise<boolean> {
  await pause(50)
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return lines.includes(`sleep\0${seconds}\0`)
}

describe.runIf(process.platform === 'linux')('runChecker', () => {
  it('kills the whole group at the time limit', async () => {
    // Waited for, it would outlast this test.
    expect(await run('sleep 71.25 & sleep 71.25', { timeoutMs: 200 })).toEqual({ end: 'stopped' })
    expect(await isRunning('71.25')).toBe(false)
  })

  it('kills the whole group when the signal aborts', async () => {
    const signal = AbortSignal.timeout(200)
    await expect(run('sleep 72.25 & sleep 72.25', { signal })).rejects.toThrow('timeout')
    expect(await isRunning('72.25')).toBe(false)
  })

  it('stops output without end', async () => {
    expect(await run('while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done')).toEqual({
      end: 'stopped',
    })
  })

  it.each([
    [0, { end: 'passed', output: 'said\n' }],
    [1, { end: 'failed', output: 'said\n' }],
    [2, { end: 'stopped' }],
    [137, { end: 'stopped' }],
  ])('reads exit code %i', async (code, end) => {
    expect(await run(`echo said; exit ${code}`)).toEqual(end)
  })

  it('shows the checker nothing of this process’s environment', async () => {
    const result = await run('env')
    expect('output' in result && result.output).not.toContain('HOME=')
    expect('output' in result && result.output).not.toContain('VITEST')
  })

  it('limits processor time and memory', async () => {
    expect(await run('ulimit -t; ulimit -v')).toEqual({ end: 'passed', output: '10\n1464843\n' })
  })
})
