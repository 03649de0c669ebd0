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
  dispose: () => void
}

/** The calls that a bridge makes, by paths that it has judged. */
export type ApiCalls = Pick<TRPCUntypedClient<AppRouter>, 'query' | 'mutation' | 'subscription'>

type Port = {
  post: (message: HostMessage) => void
  client: () => ApiCalls
  act: (act: Act) => Promise<void>
  host: Store<HostState>
  /** The panel began a generation, which the window follows from now on. */
  generated: (run: Run) => void
  failed: (error: ReadableError, cause: unknown) => void
}

/** Joins one panel with the API and the host: only listed procedures pass, and the token never does. */
export function createBridge({ post, client, act, host, generated, failed }: Port): Bridge {
  const open = new Map<number, () => void>()
  /** Which of them are streams. */
  const streams = new Set<number>()
  let server = host.get().server.url
  const tell = () => post({ kind: 'host', host: host.get() })
  const stopTelling = host.onChange(({ server: { url } }) => {
    if (url !== server) endStreams()
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
    open.set(id, () => over.abort())
    try {
      const data = await work(over.signal)
      if (!over.signal.aborted) post({ kind: 'result', id, data: superjson.serialize(data) })
    } catch (error) {
      if (!over.signal.aborted) fail(id, error)
    } finally {
      open.delete(id)
    }
  }

  async function call(message: Extract<PanelMessage, { kind: 'call' }>, signal: AbortSignal) {
    const { type, path } = message
    requireAllowed(allowed[type], path)
    const input = superjson.deserialize(message.input)
    const data = await (type === 'query'
      ? client().query(path, input, { signal })
      : client().mutation(path, input, { signal }))
    if (path === 'plugins.generate') generated(readRun(input, data))
    return data
  }

  function subscribe({ id, path, input }: Extract<PanelMessage, { kind: 'subscribe' }>) {
    try {
      requireAllowed(allowed.subscription, path)
      const asked: unknown = superjson.deserialize(input)
      if (typeof asked !== 'object' || asked === null)
        throw new DomainError('invalid_input', 'The input is no object.')
      const stop = follow({
        client,
        path,
        input: asked,
        onEvent: (eventId, data) => post({ kind: 'event', id, eventId, data: superjson.serialize(data) }),
        onConnection: (state) => post({ kind: 'connection', id, state }),
        onRefused: (error) => {
          close(id)
          failed(error, null)
          post({ kind: 'failure', id, error })
        },
      })
      open.set(id, stop)
      streams.add(id)
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
    open.delete(id)
    streams.delete(id)
  }

  function closeAll() {
    for (const id of [...open.keys()]) close(id)
  }

  /** They belong to the server before, which the window has left. */
  function endStreams() {
    for (const id of [...streams]) {
      close(id)
      fail(id, new DomainError('conflict', 'The server has been changed in the settings.'))
    }
  }

  return {
    receive: (posted) => {
      const message = readPanelMessage(posted)
      if (message !== null) take(message)
    },
    dispose: () => {
      stopTelling()
      closeAll()
    },
  }
}

/** The run that a call of `plugins.generate` began. A call by path has no types: these are the router's own. */
function readRun(input: unknown, data: unknown): Run {
  const { orgId } = input as { orgId: string }
  const { id, pluginId } = data as Generation
  return { generationId: id, pluginId, orgId }
}

function requireAllowed(paths: readonly string[], path: string): void {
  if (!paths.includes(path)) throw new DomainError('forbidden', 'The panel may not call this.')
}
