import { oldestServer } from '@tallyforge/core/versions'
import { compareVersions, validate } from 'compare-versions'
import { z } from 'zod'
import manifest from '../package.json' with { type: 'json' }

/** This client's own release. */
export const clientVersion: string = manifest.version

/** How this client and a server fit together. `message`: for people, with the next step. */
export type ServerCheck =
  | { kind: 'compatible'; serverVersion: string }
  | { kind: 'client-too-old'; serverVersion: string; oldestClient: string; message: string }
  | { kind: 'server-too-old'; serverVersion: string; oldestServer: string; message: string }
  | { kind: 'not-tallyforge'; message: string }
  | { kind: 'unreachable'; message: string }

/** What `/v1/version` says. Servers from before `oldestClient` was added speak to every client of their time. */
const about = z.object({
  name: z.literal('tallyforge'),
  version: z.string().refine(validate),
  oldestClient: z.string().refine(validate).default('0.0.0'),
})

/** A server that is up says its version at once; one that hangs must not hold up a window that opens. */
const patienceMs = 10_000

/**
 * Asks the server at `serverUrl` (its origin, such as `http://127.0.0.1:3001`) for its release and compares. Never throws:
 * a server that does not answer is an answer too. Asking again is free of effects.
 */
export async function checkServer(
  serverUrl: string,
  {
    fetch = globalThis.fetch,
    version = clientVersion,
  }: { fetch?: typeof globalThis.fetch; version?: string } = {},
): Promise<ServerCheck> {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : null
  if (host === null) return notTallyforge(serverUrl)
  let response: Response
  try {
    response = await fetch(new URL('/v1/version', serverUrl), { signal: AbortSignal.timeout(patienceMs) })
  } catch {
    return unreachable(host)
  }
  if (response.status >= 500) return unreachable(host)
  const said = about.safeParse(await response.json().catch(() => null))
  return said.success ? compare(said.data, version) : notTallyforge(host)
}

function compare(server: z.infer<typeof about>, version: string): ServerCheck {
  const serverVersion = server.version
  if (compareVersions(version, server.oldestClient) < 0) {
    return {
      kind: 'client-too-old',
      serverVersion,
      oldestClient: server.oldestClient,
      message: `This is release ${version}, and the server (${serverVersion}) needs ${server.oldestClient} or newer. Update this one.`,
    }
  }
  if (compareVersions(serverVersion, oldestServer) < 0) {
    return {
      kind: 'server-too-old',
      serverVersion,
      oldestServer,
      message: `The server is release ${serverVersion}, and this needs ${oldestServer} or newer. Ask its operator to update it.`,
    }
  }
  return { kind: 'compatible', serverVersion }
}

function notTallyforge(where: string): ServerCheck {
  return {
    kind: 'not-tallyforge',
    message: `${where} is not a Tallyforge server. Check the server’s address.`,
  }
}

function unreachable(host: string): ServerCheck {
  return {
    kind: 'unreachable',
    message: `No answer from ${host}. Check the server’s address and your connection, then try again.`,
  }
}
