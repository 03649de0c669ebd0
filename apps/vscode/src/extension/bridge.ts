import type { AppRouter } from '@tallyforge/client/client'
import type { ReadableError } from '@tallyforge/client/errors'
import type { Generation } from '@tallyforge/client/outputs'
import { DomainError } from '@tallyforge/core/errors'
import type { TRPCUntypedClient } from '@trpc/client'
import superjson from 'superjson'
import { type Act, allowed, type HostMessage, type HostState, type PanelMessage } from '../bridge/protocol.ts'
import { readFailure } from './failure.ts'
import { readPanelMessage } from './panel-message.ts'
import type { Run } from './runs.ts'
import type { Store } from './store.ts'
import { follow } from './subscription.ts'

export type Bridge = {
  /** Takes in what the panel posted, whatever it is. */
  receive: (message: unknown) => void
  /** The plugin that the panel shows, by the stream that it has open; null for none. */
  shownPlugin: () => string | null
  dispose: () => void
}

/** The calls that a bridge makes, by paths that it has judged. */
export type ApiCalls = Pick<TRPCUntypedClient<AppRouter>, 'query' | 'mutation' | 'subscription'>

type Port = {
  post: (message: HostMessage) => void
  /** The server of the setting, which `client` calls. */
  origin: () => string
  client: () => ApiCalls
  act: (act: Act) => Promise<void>
  host: Store<HostState>
  /** The panel began a generation, which the window follows from now on. */
  generated: (run: Run) => void
  failed: (error: ReadableError, cause: unknown) => void
}

/** Joins one panel with the API and the host: only listed procedures pass, and the token never does. */
export function createBridge({ post, origin, client, act, host, generated, failed }: Port): Bridge {
  const open = new Map<number, () => void>()
  /** Which of them are the server's: its calls, and its streams with the plugin that each is about. */
  const calls = new Set<number>()
  const streams = new Map<number, string | null>()
  let server = host.get().server.url
  const tell = () => post({ kind: 'host', host: host.get() })
  const stopTelling = host.onChange(({ server: { url } }) => {
    if (url !== server) leave()
    server = url
    tell()
  })

  function fail(id: number, cause: unknown) {
    const error = readFailure(cause)
    failed(error, cause)
    post({ kind: 'failure', id, error })
  }

  async function run(id: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const over = new AbortController()
    const stop = () => over.abort()
    open.set(id, stop)
    const isAwaited = () => open.get(id) === stop
    try {
      const data = await work(over.signal)
      if (isAwaited()) post({ kind: 'result', id, data: superjson.serialize(data) })
    } catch (error) {
      if (isAwaited()) fail(id, error)
    } finally {
      if (isAwaited()) forget(id)
    }
  }

  async function call(message: Extract<PanelMessage, { kind: 'call' }>, signal: AbortSignal) {
    const { type, path } = message
    requireAllowed(allowed[type], path)
    const input = superjson.deserialize(message.input)
    const server = origin()
    const data = await (type === 'query'
      ? client().query(path, input, { signal })
      : client().mutation(path, input, { signal }))
    if (path === 'plugins.generate') generated(readRun(server, input, data))
    return data
  }

  function subscribe(message: Extract<PanelMessage, { kind: 'subscribe' }>) {
    const { id, path } = message
    try {
      requireAllowed(allowed.subscription, path)
      const input: unknown = superjson.deserialize(message.input)
      if (typeof input !== 'object' || input === null)
        throw new DomainError('invalid_input', 'The input is no object.')
      const stop = follow({
        client,
        path,
        input,
        onEvent: (eventId, data) => post({ kind: 'event', id, eventId, data: superjson.serialize(data) }),
        onConnection: (state) => post({ kind: 'connection', id, state }),
        onRefused: (error) => {
          close(id)
          failed(error, null)
          post({ kind: 'failure', id, error })
        },
      })
      open.set(id, stop)
      streams.set(id, 'pluginId' in input && typeof input.pluginId === 'string' ? input.pluginId : null)
    } catch (error) {
      fail(id, error)
    }
  }

  function take(message: PanelMessage): void {
    switch (message.kind) {
      case 'ready':
        // A page that was loaded anew knows nothing of what the one before had asked for.
        closeAll()
        tell()
        break
      case 'call':
        calls.add(message.id)
        void run(message.id, (signal) => call(message, signal))
        break
      case 'act':
        void run(message.id, () => act(message.act))
        break
      case 'subscribe':
        subscribe(message)
        break
      case 'stop':
        close(message.id)
    }
  }

  function close(id: number) {
    open.get(id)?.()
    forget(id)
  }

  function forget(id: number) {
    open.delete(id)
    calls.delete(id)
    streams.delete(id)
  }

  function closeAll() {
    for (const id of [...open.keys()]) close(id)
  }

  /** What is open belongs to the server before: no answer of that one reaches the panel any more. What was begun there goes on. */
  function leave() {
    for (const id of [...calls, ...streams.keys()]) {
      if (streams.has(id)) close(id)
      forget(id)
      fail(id, new DomainError('conflict', 'The server has been changed in the settings.'))
    }
  }

  return {
    receive: (posted) => {
      const message = readPanelMessage(posted)
      if (message !== null) take(message)
    },
    shownPlugin: () => [...streams.values()].find((pluginId) => pluginId !== null) ?? null,
    dispose: () => {
      stopTelling()
      closeAll()
    },
  }
}

/** The run that a call of `plugins.generate` began. A call by path has no types: these are the router's own. */
function readRun(origin: string, input: unknown, data: unknown): Run {
  const { orgId } = input as { orgId: string }
  const { id, pluginId } = data as Generation
  return { origin, generationId: id, pluginId, orgId }
}

function requireAllowed(paths: readonly string[], path: string): void {
  if (!paths.includes(path)) throw new DomainError('forbidden', 'The panel may not call this.')
}
