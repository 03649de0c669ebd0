import { createClient } from '@tallyforge/client/client'
import { readError } from '@tallyforge/client/errors'
import { getUntypedClient } from '@trpc/client'
import { EventSource } from 'eventsource'
import superjson from 'superjson'
import {
  type Act,
  allowed,
  type HostMessage,
  type HostState,
  type PanelMessage,
  type ServerCheck,
} from '../src/bridge/protocol.ts'
import { signInDevice } from './device.ts'

const tokenKey = 'panel-token'
const version = '0.1.0'

/** How the server looks from here; the address may say otherwise. */
const checks: Record<string, ServerCheck> = {
  'client-too-old': {
    status: 'client-too-old',
    clientVersion: version,
    serverVersion: '2.0.0',
    message: 'Update the extension in the Extensions view, then try again.',
  },
  'server-too-old': {
    status: 'server-too-old',
    clientVersion: version,
    serverVersion: '0.0.1',
    message: 'Ask whoever runs the server to update it, or set another server in the settings.',
  },
  unreachable: {
    status: 'unreachable',
    message: 'Check that it runs and that the address in the settings is right.',
  },
}

/**
 * Plays the extension host in a browser: calls the real API with a device's token, and only remembers what VS Code itself
 * would do.
 */
export function createHost(search: URLSearchParams, send: (message: HostMessage) => void) {
  const acts: Act[] = []
  const open = new Map<number, AbortController>()
  let token = search.get('token') ?? sessionStorage.getItem(tokenKey)
  if (token !== null) sessionStorage.setItem(tokenKey, token)
  let signingIn: AbortController | null = null

  const client = createClient({ url: `${location.origin}/trpc`, auth: () => token, EventSource })
  const untyped = getUntypedClient(client)
  let state: HostState = {
    server: { url: location.origin, check: { status: 'checking' } },
    session: { status: 'signed-out', reason: null },
    isTrusted: search.get('trust') !== 'no',
    folders: search.get('folder') === 'none' ? [] : [{ name: 'my-project', isWritable: true }],
    installed: JSON.parse(sessionStorage.getItem('panel-installed') ?? '{}'),
  }
  const change = (changes: Partial<HostState>) => {
    state = { ...state, ...changes }
    sessionStorage.setItem('panel-installed', JSON.stringify(state.installed))
    send({ kind: 'host', host: state })
  }

  async function readSession() {
    const asked = checks[search.get('check') ?? '']
    const server = {
      ...state.server,
      check: asked ?? { status: 'compatible' as const, serverVersion: version },
    }
    if (token === null) return change({ server, session: { status: 'signed-out', reason: null } })
    try {
      const session = await client.auth.session.query()
      if (session === null) {
        setToken(null)
        return change({
          server,
          session: { status: 'signed-out', reason: 'This editor was signed out. Sign in again.' },
        })
      }
      const orgId = session.orgs[0]?.id ?? ''
      change({ server, session: { status: 'signed-in', user: session.user, orgs: session.orgs, orgId } })
    } catch (error) {
      change({ server: { ...server, check: { status: 'unreachable', message: readError(error).message } } })
    }
  }

  function setToken(next: string | null) {
    token = next
    if (next === null) sessionStorage.removeItem(tokenKey)
    else sessionStorage.setItem(tokenKey, next)
  }

  async function signIn() {
    signingIn?.abort()
    signingIn = new AbortController()
    const { signal } = signingIn
    await signInDevice(
      client,
      signal,
      (session) => change({ session }),
      (approved) => {
        setToken(approved)
        void readSession()
      },
      (reason) => change({ session: { status: 'signed-out', reason } }),
    )
  }

  /** What VS Code would do is only written down; what changes the panel's state is played. */
  async function act(next: Act): Promise<void> {
    acts.push(next)
    switch (next.name) {
      case 'signIn':
        return signIn()
      case 'cancelSignIn':
        signingIn?.abort()
        return change({ session: { status: 'signed-out', reason: null } })
      case 'signOut':
        setToken(null)
        return change({ session: { status: 'signed-out', reason: null } })
      case 'chooseOrg':
        return state.session.status === 'signed-in'
          ? change({ session: { ...state.session, orgId: next.orgId } })
          : undefined
      case 'install': {
        const { session } = state
        const orgId = session.status === 'signed-in' ? session.orgId : ''
        const { number } = await client.plugins.version.query({ orgId, versionId: next.versionId })
        return change({
          installed: { ...state.installed, [next.pluginId]: { versionId: next.versionId, number } },
        })
      }
      case 'rename': {
        const { session } = state
        const orgId = session.status === 'signed-in' ? session.orgId : ''
        // As if somebody had typed it into the editor's own field.
        await client.plugins.rename.mutate({ orgId, pluginId: next.pluginId, title: 'Another title' })
        return
      }
      case 'uninstall': {
        const { [next.pluginId]: _, ...installed } = state.installed
        return change({ installed })
      }
      case 'checkServer':
        return readSession()
    }
  }

  function answer(id: number, work: Promise<unknown>) {
    void work.then(
      (data) => send({ kind: 'result', id, data: superjson.serialize(data) }),
      (error: unknown) => {
        const failure = readError(error)
        send({ kind: 'failure', id, error: failure })
        if (failure.kind === 'unauthenticated') void readSession()
      },
    )
  }

  function subscribe({ id, path, input }: Extract<PanelMessage, { kind: 'subscribe' }>) {
    const controller = new AbortController()
    open.set(id, controller)
    untyped.subscription(path, superjson.deserialize(input), {
      signal: controller.signal,
      onData: (tracked: unknown) => {
        const { id: eventId, data } = tracked as { id: string; data: unknown }
        send({ kind: 'event', id, eventId, data: superjson.serialize(data) })
      },
      onConnectionStateChange: ({ state: connection, error }) => {
        const offline = error ? 'offline' : 'connecting'
        send({ kind: 'connection', id, state: connection === 'pending' ? 'live' : offline })
      },
      onError: (error) => send({ kind: 'failure', id, error: readError(error) }),
    })
  }

  return {
    acts,
    /** Leads the panel elsewhere, as a command of the palette does. */
    go: (to: Extract<HostMessage, { kind: 'go' }>['to']) => send({ kind: 'go', to }),
    change,
    receive(raw: unknown) {
      const message = raw as PanelMessage
      switch (message.kind) {
        case 'ready':
          send({ kind: 'host', host: state })
          void readSession()
          return
        case 'call': {
          const { id, type, path, input } = message
          const paths: readonly string[] = allowed[type]
          if (!paths.includes(path)) throw new Error(`The panel may not call ${path}`)
          const controller = new AbortController()
          open.set(id, controller)
          const { signal } = controller
          const given = superjson.deserialize(input)
          answer(
            id,
            type === 'query' ? untyped.query(path, given, { signal }) : untyped.mutation(path, given),
          )
          return
        }
        case 'subscribe':
          return subscribe(message)
        case 'stop':
          open.get(message.id)?.abort()
          open.delete(message.id)
          return
        case 'act':
          return answer(message.id, act(message.act))
      }
    },
  }
}
