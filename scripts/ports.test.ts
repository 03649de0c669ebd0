import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { readPort, wantedPort } from './ports.ts'

test.each(['abc', '0', '-1', '65536', '80.5', '1e3'])('PORT=%s is refused in one line', (value) => {
  expect(() => readPort('PORT', { PORT: value })).toThrow(
    `PORT=${value} is no port for the API: write a number from 1024 to 65535, or unset it to use 3001`,
  )
})

test.each(['4190', '6667', '10080'])('SANDBOX_PORT=%s, which fetch forbids, is refused by name', (value) => {
  expect(() => readPort('SANDBOX_PORT', { SANDBOX_PORT: value })).toThrow(
    `SANDBOX_PORT=${value} cannot be the port of the template writer, because browsers and fetch refuse it`,
  )
})

test('every refused port is one that fetch refuses before it connects', async () => {
  const isRefused = (port: number) => {
    try {
      return readPort('PORT', { PORT: String(port) }) !== port
    } catch {
      return true
    }
  }
  const refused = Array.from({ length: 12_000 }, (_, index) => index + 1_024).filter(isRefused)
  expect(refused.length).toBeGreaterThan(15)
  for (const port of refused) {
    const why = await fetch(`http://127.0.0.1:${port}/`).catch((error: Error) => error.cause)
    expect([port, why]).toEqual([port, new Error('bad port')])
  }
})

test('PostgreSQL does not speak HTTP: it may have any port', () => {
  expect(readPort('POSTGRES_PORT', { POSTGRES_PORT: '6000' })).toBe(6000)
})

test('nothing set is the usual port', () => {
  expect([readPort('PORT', {}), readPort('WEB_PORT', { WEB_PORT: '' })]).toEqual([3001, 5173])
})

test('a taken port is said aloud, and a forbidden one beside it is skipped', async () => {
  const server = createServer()
  await new Promise<void>((resolve) =>
    server
      .once('listening', resolve)
      .once('error', () => resolve())
      .listen(4189, '127.0.0.1'),
  )
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.stubEnv('SANDBOX_PORT', '4189')
  const port = await wantedPort('SANDBOX_PORT')
  const said = write.mock.calls.map(([text]) => String(text)).join('')
  write.mockRestore()
  vi.unstubAllEnvs()
  server.close()
  expect(port).toBeGreaterThan(4190)
  expect(said).toMatch(
    /^port 4189 of the template writer is taken by .*, using 419\d \(set SANDBOX_PORT to choose\)\n$/,
  )
})
