import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import type { FakeServer } from './testing/server.ts'
import { newDevice, startServer, tf } from './testing/tf.ts'

let server: FakeServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

type Given = {
  fileName?: string
  url?: string
  file?: (request: IncomingMessage, response: ServerResponse) => void
  words?: string[]
  interrupt?: AbortController
}

/** `tf plugins download` from a server that gives this, in a folder of its own. */
async function download({
  fileName = 'word-count-1a2b3c4d-0.0.3.vsix',
  url = '/files/link',
  file = (_, response) => response.end('PK'),
  words = [],
  interrupt = new AbortController(),
}: Given) {
  server = await startServer({
    procedures: {
      'plugins.byId': { readyVersion: { id: 'ver_1', number: 3 } },
      'plugins.download': { url, fileName, expiresAt: new Date(0) },
    },
    file,
  })
  const device = await newDevice()
  const env = { TALLYFORGE_URL: server.origin, TALLYFORGE_TOKEN: 'secret' }
  const end = await tf(device, ['plugins', 'download', 'plg_1', ...words], { env, interrupt })
  return { ...end, ...device, server, files: await readdir(device.cwd) }
}

test('a version is saved under its own name, and its link needs no token', async () => {
  const { code, stdout, cwd, server } = await download({})
  const path = join(cwd, 'word-count-1a2b3c4d-0.0.3.vsix')
  expect([code, stdout]).toEqual([exitCodes.done, `${path}\n`])
  expect(await readFile(path, 'utf8')).toBe('PK')
  expect(server.bearers[server.calls.indexOf('/files/link')]).toBeUndefined()
  const sources = await download({ fileName: 'plugin-1a2b3c4d-0.0.12-sources.zip', words: ['--sources'] })
  expect(sources.files).toEqual(['plugin-1a2b3c4d-0.0.12-sources.zip'])
})

test.each([
  '.bashrc',
  '.x-0.0.3.vsix',
  '../x-0.0.3.vsix',
  'a/x-0.0.3.vsix',
  'a\\x-0.0.3.vsix',
  'x&calc-0.0.3.vsix',
  'x y-0.0.3.vsix',
  'X-0.0.3.vsix',
  'x-0.0.3.vsix\n',
  'x-0.0.3.exe',
  'x-0.0.3-sources.zip',
  'authorized_keys',
  '',
])('a file named %j is not saved', async (fileName) => {
  const { code, stderr, files, server } = await download({ fileName })
  expect(code, stderr).toBe(exitCodes.failed)
  expect(stderr).toContain('which is no name of a plugin’s')
  expect(files).toEqual([])
  expect(server.calls).not.toContain('/files/link')
})

test.each(['https://evil.example/x', '//evil.example/x', 'file:///etc/passwd', 'data:,x', 'http://'])(
  'a link to %j is not followed',
  async (url) => {
    const { code, stderr, files } = await download({ url })
    expect(code, stderr).toBe(exitCodes.failed)
    expect(stderr).toContain('a link to another server')
    expect(files).toEqual([])
  },
)

test('a link that leads on is not followed', async () => {
  const { code, files, server } = await download({
    file: (request, response) => {
      if (request.url === '/files/link') response.writeHead(302, { location: '/elsewhere' }).end()
      else response.end('PK')
    },
  })
  expect(code).toBe(exitCodes.noServer)
  expect(files).toEqual([])
  expect(server.calls).not.toContain('/elsewhere')
})

test('a file without an end is left, and not held', async () => {
  const { code, stderr, files } = await download({
    file: (_, response) => {
      const piece = Buffer.alloc(1024 * 1024)
      const send = () => {
        let isTaken = true
        while (isTaken && !response.destroyed) isTaken = response.write(piece)
      }
      response.on('drain', send).on('error', () => undefined)
      send()
    },
  })
  expect([code, stderr]).toEqual([
    exitCodes.failed,
    'The file is too large to be a plugin. Ask the server’s operator.\n',
  ])
  expect(files).toEqual([])
})

test('half a file is none', async () => {
  const { code, stderr, files } = await download({
    file: (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('PK', () => response.destroy())
    },
  })
  expect([code, stderr]).toEqual([exitCodes.noServer, 'The server did not give the whole file. Try again.\n'])
  expect(files).toEqual([])
})

test('Ctrl-C ends a download whose bytes do not come', async () => {
  const interrupt = new AbortController()
  const { code, files } = await download({ interrupt, file: () => interrupt.abort() })
  expect([code, files]).toEqual([exitCodes.canceled, []])
})
