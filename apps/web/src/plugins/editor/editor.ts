import { isFinal } from '@tallyforge/core/plugins/states'
import { useOrg } from '../../frame/org.ts'
import type { EditorSearch } from '../../search.ts'
import { type Generation, type Plugin, trpc, type VersionDetail } from '../../trpc.ts'
import { useLive } from '../LiveProvider.tsx'
import { type LiveGeneration, overlayFiles } from '../live.ts'

const noFiles: ReadonlyMap<string, string> = new Map()

/** Everything the editor shows of one plugin: its thread, its versions, and the one that is looked at. */
export function useEditor(pluginId: string, search: EditorSearch) {
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
  const thread = generations.data?.pages.flatMap((page) => page.items)
  const newest = thread?.[0]
  const live = useLive((all) => (newest ? all[newest.id] : undefined))
  const running = newest && !isFinal(newest.state) ? newest : null

  const versionId = search.version ?? (running ? null : latestVersionId(plugin.data, newest))
  const detail = useVersion(versionId)
  const base = useVersion(running && !search.version ? running.parentVersionId : null)
  return {
    key,
    canWrite: may('plugins.write'),
    plugin,
    generations,
    thread,
    versions,
    versionList: versions.data?.pages.flatMap((page) => page.items),
    /** The generation that has not ended. */
    running,
    /** What the stream says of the newest generation. */
    live,
    /** Null while a generation is watched in place of a version. */
    versionId,
    detail,
    version: detail.data ?? null,
    isWatching: running !== null && search.version === undefined,
    files: shownFiles({ versionId, detail: detail.data, base: base.data, live, newest }),
  }
}
export type Editor = ReturnType<typeof useEditor>

/** A version and its files never change, so it is asked for once. */
export function useVersion(versionId: string | null) {
  const { org } = useOrg()
  return trpc.plugins.version.useQuery(
    { orgId: org.id, versionId: versionId ?? '' },
    { enabled: versionId !== null, staleTime: Number.POSITIVE_INFINITY },
  )
}

/** The plugin and its thread are loaded apart: whichever knows the later version is right. */
function latestVersionId(plugin: Plugin | undefined, newest: Generation | undefined): string | null {
  const latest = plugin?.latestVersion ?? null
  const isNewer = newest?.versionId != null && (newest.versionNumber ?? 0) > (latest?.number ?? 0)
  return isNewer ? (newest.versionId ?? null) : (latest?.id ?? null)
}

type FileSources = {
  versionId: string | null
  detail: VersionDetail | undefined
  base: VersionDetail | undefined
  live: LiveGeneration | undefined
  newest: Generation | undefined
}

/**
 * The files to show, or null while they are loading. What was streamed stays in place until the version that was made
 * of it has come.
 */
function shownFiles({
  versionId,
  detail,
  base,
  live,
  newest,
}: FileSources): ReadonlyMap<string, string> | null {
  if (versionId !== null && detail) return new Map(detail.files.map(({ path, text }) => [path, text]))
  const isOfNewest = versionId === null || versionId === newest?.versionId
  if (isOfNewest && live) return overlayFiles(base?.files ?? [], live.files)
  return versionId === null && newest !== undefined ? noFiles : null
}
