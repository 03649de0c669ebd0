import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { envExample } from './env-example.ts'

const enough = { DATABASE_URL: 'postgres://a@127.0.0.1/b', SECRET_KEY: 'x'.repeat(32) }

describe('settings', () => {
  test('.env.example says what the table says', async () => {
    const written = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8')
    expect(written).toBe(envExample())
  })

  test('a missing database or secret is one line with the fix', () => {
    expect(() => readEnv({ SECRET_KEY: enough.SECRET_KEY })).toThrow(/DATABASE_URL: .*pnpm dev/)
    expect(() => readEnv({ DATABASE_URL: enough.DATABASE_URL })).toThrow(/SECRET_KEY: .*openssl/)
  })

  test('every fault is named at once, with its setting', () => {
    const fault = () => readEnv({ ...enough, PORT: 'many', SECRET_KEY: 'short' })
    expect(fault).toThrow(/PORT=many: /)
    expect(fault).toThrow(/SECRET_KEY: /)
  })

  test.each([
    [{ HOLD_SECONDS: 'abc' }, 'HOLD_SECONDS=abc: write a number from 0.001 to 3600'],
    [{ HOLD_SECONDS: '0' }, 'HOLD_SECONDS=0: write a number from 0.001 to 3600'],
    [{ PORT: '70000' }, 'PORT=70000: write a whole number from 0 to 65535'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: write one of fatal, error, warn, info, debug, silent'],
    [{ ALLOW_SANDBOX: 'yes' }, 'ALLOW_SANDBOX=yes: write one of true, false, 1, 0'],
  ])('%o is quoted, with what is expected', (settings, line) => {
    expect(() => readEnv({ ...enough, ...settings })).toThrow(line)
  })

  test.each(['SECRET_KEY', 'DATABASE_URL', 'OLLAMA_BASE_URL'])('%s is never quoted', (name) => {
    const fault = () => readEnv({ ...enough, [name]: 'hush' })
    expect(fault).toThrow(`${name}: `)
    expect(fault).not.toThrow(/hush/)
  })

  test('production refuses stand-ins unless told otherwise', () => {
    const production = { ...enough, NODE_ENV: 'production', SANDBOX_MODELS_URL: 'http://127.0.0.1:3900/v1' }
    expect(() => readEnv(production)).toThrow(/ALLOW_SANDBOX/)
    expect(readEnv({ ...production, ALLOW_SANDBOX: 'true' }).ALLOW_SANDBOX).toBe(true)
  })
})
