import { readError } from '@tallyforge/client/errors'
import {
  type Connection,
  createLiveStore,
  isRefusal,
  isRefusalOfPlugin,
  type Live,
  type LiveStore,
  type WatchMessage,
} from '@tallyforge/client/live'
import type { Plugin } from '@tallyforge/client/outputs'
import { isFinal } from '@tallyforge/core/plugins/states'
import { hashKey } from '@tanstack/react-query'
import { useMatch } from '@tanstack/react-router'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useOrg } from '../frame/org.ts'
import { useRunningMark } from '../frame/page-title.ts'
import { noticeSessionEnd, trpc } from '../trpc.ts'

const LiveContext = createContext<LiveStore | null>(null)

/** Holds the one subscription of the page and feeds the store, the balance and the queries from it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => createLiveStore(onNextFrame))
  useWatch(store)
  useRunningMark(useSyncExternalStore(store.subscribe, () => hasRunning(store.live())))
  return <LiveContext value={store}>{children}</LiveContext>
}

/** A page that comes late is told everything at once: it draws a frame of it, not a frame for each piece. */
function onNextFrame(announce: () => void): void {
  requestAnimationFrame(announce)
}

const hasRunning = (live: Live) => Object.values(live).some(({ state }) => !isFinal(state))

function useWatch(store: LiveStore) {
  const { org } = useOrg()
  const pluginId = useMatch({
    from: '/$org/plugins/$plugin',
    shouldThrow: false,
    select: ({ params }) => params.plugin,
  })
  const isVisible = useSyncExternalStore(onVisibilityChange, () => document.visibilityState === 'visible')
  const receive = useReceive(store)
  /** A plugin that is not there: its page says so, and follows the organization like any other page. */
  const [missing, setMissing] = useState<string | undefined>()
  const followed = pluginId === missing ? undefined : pluginId
  /** Another password ends the stream with the old session, when the page is about to have a new one: it asks twice. */
  const wasUnknown = useRef(false)
  const { status, error, reset } = trpc.plugins.watch.useSubscription(
    { orgId: org.id, pluginId: followed ?? null },
    {
      // A hidden tab gives its connection back: browsers allow six for one origin.
      enabled: isVisible,
      onData: ({ data }: { data: WatchMessage }) => {
        wasUnknown.current = false
        receive(data)
      },
      onError: (refusal) => {
        const { kind } = readError(refusal)
        if (isRefusalOfPlugin(kind)) setMissing(followed)
        if (kind !== 'unauthenticated') return
        if (wasUnknown.current) noticeSessionEnd(refusal)
        wasUnknown.current = true
      },
    },
  )
  useEffect(() => {
    if (isVisible) store.setConnection(status === 'pending' ? 'open' : 'connecting')
  }, [store, status, isVisible])
  useEffect(() => {
    if (!error) return
    const { kind } = readError(error)
    const isUnknown = kind === 'unauthenticated'
    if (isRefusal(kind) && !isUnknown) return
    const timer = setTimeout(reset, isUnknown ? 1_000 : 5_000)
    return () => clearTimeout(timer)
  }, [error, reset])
}

function onVisibilityChange(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

function useReceive(store: LiveStore) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const hasSnapshot = useRef(false)
  /** What was read before the stream began may have changed until then. */
  const takePlugin = (plugin: Plugin) => {
    const key = { orgId: org.id, pluginId: plugin.id }
    const before = utils.plugins.byId.getData(key)
    if (before === undefined || hashKey([before]) === hashKey([plugin])) return
    utils.plugins.byId.setData(key, plugin)
    void utils.plugins.versions.invalidate(key)
    void utils.plugins.generations.invalidate(key)
  }
  return (message: WatchMessage) => {
    store.receive(message)
    if (message.type === 'snapshot' || message.type === 'balance') {
      const key = { orgId: org.id }
      // An answer that is still on its way is older than this, and must not take its place.
      void utils.tokens.balance.cancel(key).then(() => utils.tokens.balance.setData(key, message.balance))
    }
    if (message.type === 'snapshot') {
      // A second snapshot follows a gap: whatever happened in between was not told.
      if (hasSnapshot.current) void utils.invalidate(undefined, { predicate: isChangeable })
      hasSnapshot.current = true
      if (message.plugin !== null) takePlugin(message.plugin)
    }
    if (message.type === 'plugin') {
      const key = { orgId: org.id, pluginId: message.pluginId }
      void utils.plugins.list.invalidate()
      void utils.plugins.byId.invalidate(key)
      void utils.plugins.versions.invalidate(key)
    }
    if (message.type === 'generation') {
      const { pluginId, state } = message
      void utils.plugins.list.invalidate()
      void utils.plugins.byId.invalidate({ orgId: org.id, pluginId })
      void utils.plugins.generations.invalidate({ orgId: org.id, pluginId })
      if (isFinal(state)) {
        void utils.plugins.versions.invalidate({ orgId: org.id, pluginId })
        void utils.tokens.history.invalidate()
      }
    }
  }
}

/** Versions and their differences never change. */
function isChangeable({ queryKey }: { queryKey: readonly unknown[] }) {
  const [path] = queryKey as [string[]]
  return !['version', 'diff', 'watch'].includes(path[1] ?? '')
}

function useStore(): LiveStore {
  const store = useContext(LiveContext)
  if (store === null) throw new Error('useLive outside of LiveProvider')
  return store
}

/** Reads the live state; renders again only when what `select` picks has changed. */
export function useLive<Picked>(select: (live: Live) => Picked): Picked {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => select(store.live()))
}

export function useConnection(): Connection {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, store.connection)
}
