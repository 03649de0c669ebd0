import { latestVersionId } from '@tallyforge/client/latest-version'
import { type LiveGeneration, overlayFiles } from '@tallyforge/client/live'
import { isFinal } from '@tallyforge/core/plugins/states'
import { useEffect, useMemo } from 'react'
import { useOrg } from '../../frame/org.ts'
import type { EditorSearch } from '../../search.ts'
import { trpc } from '../../trpc.ts'
import { useConnection, useLive } from '../LiveProvider.tsx'
import { generationsInput, versionsInput } from './editor-input.ts'

const noFiles: ReadonlyMap<string, string> = new Map()

/** Everything the editor shows of one plugin: its thread, its versions, and the one that is looked at. */
export function useEditor(pluginId: string, search: EditorSearch) {
  const { org, may } = useOrg()
  const key = { orgId: org.id, pluginId }
  const plugin = trpc.plugins.byId.useQuery(key)
  const generations = trpc.plugins.generations.useInfiniteQuery(generationsInput(key), {
    getNextPageParam: (page) => page.nextCursor,
  })
  const versions = trpc.plugins.versions.useInfiniteQuery(versionsInput(key), {
    getNextPageParam: (page) => page.nextCursor,
  })
  const versionList = useMemo(() => versions.data?.pages.flatMap((page) => page.items), [versions.data])
  const thread = generations.data?.pages.flatMap((page) => page.items)
  const newest = thread?.[0]
  const liveState = useLive((all) => (newest ? all[newest.id]?.state : undefined))
  const running = newest && !isFinal(newest.state) ? newest : null

  const versionId = search.version ?? (running ? null : latestVersionId(plugin.data, newest))
  const detail = useVersion(versionId)
  const base = useVersion(running && !search.version ? running.parentVersionId : null)
  return {
    key,
    mayWrite: may('plugins.write'),
    /** An archived plugin is read only, whoever looks at it. */
    canWrite: may('plugins.write') && plugin.data?.state === 'active',
    plugin,
    generations,
    thread,
    versions,
    versionList,
    /** The generation that has not ended. */
    running,
    newest,
    /** How the newest generation stands by the stream, which is ahead of what was loaded. */
    liveState,
    /** Null while a generation is watched in place of a version. */
    versionId,
    detail,
    version: detail.data ?? null,
    isWatching: running !== null && search.version === undefined,
    /** The version that the running generation goes on from. */
    base: base.data,
    /** Whether a version has this file: only such a file can be locked. */
    isOfVersion: (path: string) =>
      (detail.data ?? base.data)?.files.some((file) => file.path === path) ?? false,
  }
}
export type Editor = ReturnType<typeof useEditor>

/** How long the stream and what was loaded may differ before they are told apart. */
const differingMs = 500

/**
 * A page that loads while its generation ends may get an answer from before and a stream from after: what was loaded says
 * that it runs, and the stream knows of none. Then the answer is asked for again.
 */
export function useAgreement({ key, running, liveState, generations }: Editor) {
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

/** What the stream says of the newest generation: renders with every piece of it, so only what shows it asks. */
export function useNewestLive({ newest }: Editor): LiveGeneration | undefined {
  return useLive((all) => (newest ? all[newest.id] : undefined))
}

/**
 * The files to show, or null while they are loading, and the generation that wrote them as long as the page remembers: the
 * version that was made of what streamed takes its place without a jump.
 */
export function useShownFiles(editor: Editor) {
  const { versionId, newest, version, base } = editor
  const live = useNewestLive(editor)
  const written = versionId === null || versionId === newest?.versionId ? live : undefined
  const inherited = base?.files
  const files = useMemo(() => {
    if (version !== null) return new Map(version.files.map(({ path, text }) => [path, text]))
    if (written) return overlayFiles(inherited ?? [], written.files)
    return versionId === null && newest !== undefined ? noFiles : null
  }, [version, written, inherited, versionId, newest])
  return { files, written }
}

/** A version and its files never change, so it is asked for once. */
export function useVersion(versionId: string | null) {
  const { org } = useOrg()
  return trpc.plugins.version.useQuery(
    { orgId: org.id, versionId: versionId ?? '' },
    { enabled: versionId !== null, staleTime: Number.POSITIVE_INFINITY },
  )
}
