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
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

const LiveContext = createContext<LiveStore | null>(null)

/** Holds the one subscription of the panel and feeds the store, the balance and the queries from it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => createLiveStore((announce) => requestAnimationFrame(announce)))
  useWatch(store)
  return <LiveContext value={store}>{children}</LiveContext>
}

function useWatch(store: LiveStore) {
  const { org } = useOrg()
  const { route } = useRoute()
  const receive = useReceive(store)
  const pluginId = route.name === 'plugin' ? route.pluginId : null
  /** A plugin that is not there: its view says so, and follows the organization like any other view. */
  const [missing, setMissing] = useState<string | null>(null)
  const followed = pluginId === missing ? null : pluginId
  const { status, error, reset } = trpc.plugins.watch.useSubscription(
    { orgId: org.id, pluginId: followed },
    {
      onData: ({ data }: { data: WatchMessage }) => receive(data),
      onError: (refusal) => {
        if (isRefusalOfPlugin(readError(refusal).kind)) setMissing(followed)
      },
    },
  )
  useEffect(() => {
    store.setConnection(status === 'pending' ? 'open' : 'connecting')
  }, [store, status])
  useEffect(() => {
    // The host connects anew by itself; a refusal does not heal, except when it is a matter of time.
    if (!error || isRefusal(readError(error).kind)) return
    const timer = setTimeout(reset, 5_000)
    return () => clearTimeout(timer)
  }, [error, reset])
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
      void utils.tokens.history.invalidate()
    }
    if (message.type === 'snapshot') {
      // A second snapshot follows a gap: whatever happened in between was not told.
      if (hasSnapshot.current) void utils.plugins.invalidate(undefined, { predicate: isChangeable })
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
      const key = { orgId: org.id, pluginId: message.pluginId }
      void utils.plugins.list.invalidate()
      void utils.plugins.byId.invalidate(key)
      void utils.plugins.generations.invalidate(key)
      if (isFinal(message.state)) void utils.plugins.versions.invalidate(key)
    }
  }
}

/** Versions and their differences never change. */
function isChangeable({ queryKey }: { queryKey: readonly unknown[] }) {
  const [path] = queryKey
  return !Array.isArray(path) || !['version', 'diff', 'watch'].includes(String(path[1]))
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
