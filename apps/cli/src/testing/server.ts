import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { clientVersion } from '@tallyforge/client/version'
import superjson from 'superjson'

/** What a server says to a call; a function is asked anew each time, and may never answer. */
type Answer = unknown | (() => unknown)

/** A server as small as a test needs it: it speaks the platform's protocol, and may say anything. */
export type FakeServer = {
  origin: string
  /** What was called, in order: procedures by name, everything else by path. */
  calls: string[]
  /** The `Authorization` of each of `calls`. */
  bearers: (string | undefined)[]
  close: () => Promise<void>
}

type Routes = {
  /** What procedures answer, by their names. */
  procedures?: Record<string, Answer>
  /** Every other path. */
  file?: (request: IncomingMessage, response: ServerResponse) => void
}

/** Listens on loopback, on a port of its own. */
export async function startFakeServer({ procedures = {}, file }: Routes): Promise<FakeServer> {
  const calls: string[] = []
  const bearers: (string | undefined)[] = []
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    const names = pathname.startsWith('/trpc/') ? pathname.slice('/trpc/'.length).split(',') : [pathname]
    for (const name of names) {
      calls.push(name)
      bearers.push(request.headers.authorization)
    }
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (pathname === '/v1/version') return json({ name: 'tallyforge', version: clientVersion })
    if (!pathname.startsWith('/trpc/')) {
      return file === undefined ? response.writeHead(404).end() : file(request, response)
    }
    const results = await Promise.all(names.map(async (name) => resultOf(procedures[name])))
    return json(request.url?.includes('batch=1') ? results : results[0])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    bearers,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function resultOf(answer: Answer): Promise<unknown> {
  if (answer instanceof Error) return { error: superjson.serialize(refusal(answer.message)) }
  const value = typeof answer === 'function' ? await answer() : answer
  return { result: { data: superjson.serialize(value) } }
}

const refusal = (message: string) => ({
  code: -32_600,
  message,
  data: { code: 'BAD_REQUEST', httpStatus: 400, kind: 'conflict' },
})
