import { request } from 'node:http'
import { connect } from 'node:net'

export type RawAnswer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type RawRequest = {
  method?: string
  /** As it goes over the wire: nothing is resolved, decoded or normalized. */
  path: string
  headers?: Record<string, string | string[]>
  body?: string
}

/** A request that says exactly what it is told to, where `fetch` would correct or refuse. */
export function rawRequest(
  origin: string,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(origin, { method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Writes bytes to the server and returns all that it answers until it closes, or falls silent. */
export function rawBytes(origin: string, bytes: string, silenceMs = 300): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'))
    let answer = ''
    socket.setTimeout(5_000)
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      socket.setTimeout(silenceMs)
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
