import { type AppRouter, type Client, createClient } from '@tallyforge/client/client'
import type { ServerUrl } from '@tallyforge/client/server-url'
import { DomainError } from '@tallyforge/core/errors'
import { getUntypedClient, type TRPCUntypedClient } from '@trpc/client'
import { EventSource } from 'eventsource'

/** The way to the server: it follows the setting, and asks for the token of that server's session before every call. */
export type Api = {
  /** The server's origin. @throws DomainError when the setting holds no usable address. */
  origin: () => string
  client: () => Client
  /** The client of one server, which gets no token but its own, whatever the setting says by then. */
  clientOf: (origin: string) => Client
  /** The same calls by a path that is known at run time only: for the bridge, which has its own list of paths. */
  untyped: () => TRPCUntypedClient<AppRouter>
  /** The bytes behind a link that the server at `origin` has signed. @throws DomainError. */
  download: (origin: string, path: string) => Promise<Uint8Array>
}

/** More than any plugin's archive can be, far less than what would hurt the editor. */
const mostBytes = 32 * 1024 * 1024

type Port = {
  serverUrl: () => ServerUrl
  /** The token of the session at this server; null while there is none. */
  token: (origin: string) => Promise<string | null>
  /** The server did not take the token. */
  refused: () => void
}

export function createApi({ serverUrl, token, refused }: Port): Api {
  const clients = new Map<string, Client>()

  function origin(): string {
    const { origin, problem } = serverUrl()
    if (origin === null) throw new DomainError('invalid_input', problem)
    return origin
  }

  /** Whatever asks, streams too, passes here: this is where the end of a session is seen first. */
  const watched: typeof fetch = async (...request) => {
    const response = await fetch(...request)
    if (response.status === 401) refused()
    return response
  }

  function clientOf(server: string): Client {
    const known = clients.get(server)
    if (known !== undefined) return known
    // A call may be sent, and a stream connected again, when the setting already names another server: the token stays with its own.
    const auth = () => token(server)
    const made = createClient({ url: `${server}/trpc`, auth, EventSource, fetch: watched })
    clients.set(server, made)
    return made
  }

  const client = () => clientOf(origin())

  return {
    origin,
    client,
    clientOf,
    untyped: () => getUntypedClient(client()),
    download: fetchBytes,
  }
}

async function fetchBytes(origin: string, path: string): Promise<Uint8Array> {
  const url = new URL(path, origin)
  // A link of the server leads to the server: an answer that names another host is not followed.
  if (url.origin !== origin)
    throw new DomainError('internal', 'The server answered with a link to another host.')
  const response = await fetch(url, { redirect: 'error' })
  if (!response.ok) {
    throw new DomainError('unavailable', 'The server did not deliver the file. Try again in a moment.')
  }
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.length > mostBytes)
    throw new DomainError('payload_too_large', 'The file is too large to be a plugin.')
  return bytes
}
