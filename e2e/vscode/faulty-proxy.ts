import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** Stands between an editor and the server, and lets a test break the way: every fault is seen as it is met in the world. */
export type FaultyProxy = {
  origin: string
  /** Cuts what is open and refuses what comes, until `mend`. */
  cut: () => Promise<void>
  mend: () => Promise<void>
  /** Answers whatever has these words in its path with something else, batches too; null lets it pass again. */
  replace: (words: string, answer: Answer | null) => void
  close: () => Promise<void>
}

/** What a client gets in place of the server’s own answer. */
export type Answer = (body: Buffer) => Buffer | string

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const answers = new Map<string, Answer>()
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let port = 0

  const handle: RequestListener = (request, response) => {
    const path = request.url ?? ''
    const [, answer] = [...answers].find(([words]) => path.includes(words)) ?? []
    pass(new URL(path, target), request, response, answer)
  }

  async function listen(): Promise<void> {
    const next = createServer(handle)
    next.on('connection', (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    next.listen(port, '127.0.0.1')
    await once(next, 'listening')
    port = (next.address() as AddressInfo).port
    server = next
  }

  async function cut(): Promise<void> {
    const closed = server === null ? null : once(server, 'close')
    server?.close()
    server = null
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await listen()
  return {
    origin: `http://127.0.0.1:${port}`,
    cut,
    mend: listen,
    replace: (words, answer) => {
      if (answer === null) answers.delete(words)
      else answers.set(words, answer)
    },
    close: cut,
  }
}

function pass(
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer | undefined,
): void {
  const headers = { ...request.headers, host: url.host }
  // Answers that are replaced are read as they are.
  if (answer !== undefined) headers['accept-encoding'] = 'identity'
  const upstream = send(url, { method: request.method, headers }, async (received) => {
    const status = received.statusCode ?? 502
    if (answer === undefined) {
      response.writeHead(status, received.headers)
      received.pipe(response)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of received) chunks.push(chunk)
    const { 'content-length': _, ...rest } = received.headers
    response.writeHead(status, rest).end(answer(Buffer.concat(chunks)))
  })
  upstream.on('error', () => response.destroy())
  response.on('close', () => upstream.destroy())
  request.pipe(upstream)
}
