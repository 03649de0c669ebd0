import { latestVersionId } from '@tallyforge/client/latest-version'
import { isFinal } from '@tallyforge/core/plugins/states'
import { useEffect, useMemo } from 'react'
import { useConnection, useLive } from '../live/LiveProvider.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'

/** Everything the panel shows of one plugin: its thread, its versions, and the one that is looked at. */
export function useShownPlugin(pluginId: string, chosenId: string | undefined) {
  const { org, may } = useOrg()
  const key = { orgId: org.id, pluginId }
  const plugin = trpc.plugins.byId.useQuery(key)
  const generations = trpc.plugins.generations.useInfiniteQuery(
    { ...key, limit: 20 },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const versions = trpc.plugins.versions.useInfiniteQuery(
    { ...key, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const thread = useMemo(() => generations.data?.pages.flatMap((page) => page.items), [generations.data])
  const versionList = useMemo(() => versions.data?.pages.flatMap((page) => page.items), [versions.data])
  const newest = thread?.[0]
  const liveState = useLive((all) => (newest ? all[newest.id]?.state : undefined))
  const running = newest && !isFinal(newest.state) ? newest : null
  const versionId = chosenId ?? (running ? null : latestVersionId(plugin.data, newest))
  const detail = useVersion(versionId)
  return {
    key,
    /** An archived plugin is read only, whoever looks at it. */
    canWrite: may('plugins.write') && plugin.data?.state === 'active',
    mayWrite: may('plugins.write'),
    plugin,
    generations,
    thread,
    versions,
    versionList,
    newest,
    /** The generation that has not ended. */
    running,
    /** How the newest generation stands by the stream, which is ahead of what was loaded. */
    liveState,
    /** A version that was chosen, and is not the newest one. */
    isOlder: chosenId !== undefined && chosenId !== plugin.data?.latestVersion?.id,
    /** Null while a generation is watched in place of a version. */
    versionId,
    detail,
    version: detail.data ?? null,
  }
}
export type ShownPlugin = ReturnType<typeof useShownPlugin>

/** A version and its files never change, so it is asked for once. */
function useVersion(versionId: string | null) {
  const { org } = useOrg()
  return trpc.plugins.version.useQuery(
    { orgId: org.id, versionId: versionId ?? '' },
    { enabled: versionId !== null, staleTime: Number.POSITIVE_INFINITY },
  )
}

/** How long the stream and what was loaded may differ before they are told apart. */
const differingMs = 500

/**
 * A panel that loads while its generation ends may get an answer from before and a stream from after: what was loaded says
 * that it runs, and the stream knows of none. Then the answer is asked for again.
 */
export function useAgreement({ key, running, liveState, generations }: ShownPlugin) {
  const utils = trpc.useUtils()
  const isOpen = useConnection() === 'open'
  const isDiffering = isOpen && running !== null && (liveState === undefined || isFinal(liveState))
  const { orgId, pluginId } = key
  const { dataUpdatedAt } = generations
  useEffect(() => {
    if (!isDiffering) return
    const timer = setTimeout(() => {
      const plugin = { orgId, pluginId }
      void utils.plugins.generations.invalidate(plugin)
      void utils.plugins.byId.invalidate(plugin)
      void utils.plugins.versions.invalidate(plugin)
    }, differingMs)
    // Each answer is looked at anew.
    return () => clearTimeout(timer)
  }, [isDiffering, dataUpdatedAt, utils, orgId, pluginId])
}
