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
    expect(fault).toThrow(/PORT: /)
    expect(fault).toThrow(/SECRET_KEY: /)
  })

  test('production refuses stand-ins unless told otherwise', () => {
    const production = { ...enough, NODE_ENV: 'production', SANDBOX_MODELS_URL: 'http://127.0.0.1:3900/v1' }
    expect(() => readEnv(production)).toThrow(/ALLOW_SANDBOX/)
    expect(readEnv({ ...production, ALLOW_SANDBOX: 'true' }).ALLOW_SANDBOX).toBe(true)
  })
})
