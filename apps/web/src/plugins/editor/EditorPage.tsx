import { readError } from '@tallyforge/client/errors'
import { isFinal } from '@tallyforge/core/plugins/states'
import { generationWords } from '@tallyforge/core/plugins/words'
import { createLazyRoute } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { LoadError } from '../../frame/LoadError.tsx'
import { useMediaQuery } from '../../frame/media-query.ts'
import { NotFoundPage } from '../../frame/NotFoundPage.tsx'
import { usePageTitle } from '../../frame/page-title.ts'
import type { EditorSearch } from '../../search.ts'
import { type Plugin, trpc, type VersionDetail } from '../../trpc.ts'
import { usePromptForm } from '../prompt-form.ts'
import { Announcements } from './Announcements.tsx'
import { ArchivedNotice } from './ArchivedNotice.tsx'
import { EditorHeader } from './EditorHeader.tsx'
import { EditorPanes, EditorTabs } from './EditorLayout.tsx'
import { EditorSkeleton } from './EditorSkeleton.tsx'
import { type Editor, useAgreement, useEditor } from './editor.ts'
import { useEdits } from './edits.ts'

export const route = createLazyRoute('/$org/plugins/$plugin')({ component: EditorPage })

function EditorPage() {
  const { plugin: pluginId } = route.useParams()
  // Another plugin is another page: no draft, scroll position or edit may leak into it.
  return <PluginEditor key={pluginId} pluginId={pluginId} />
}

function PluginEditor({ pluginId }: { pluginId: string }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const editor = useEditor(pluginId, search)
  useAgreement(editor)
  const edits = useEdits()
  const isWide = useMediaQuery('(min-width: 1200px)')
  usePageTitle(titleOf(editor))

  const show = useCallback(
    (changes: EditorSearch, { isReplaced = false } = {}) =>
      void navigate({
        search: (last) => ({ ...last, ...changes }),
        replace: isReplaced,
        resetScroll: false,
      }),
    [navigate],
  )
  const { form, aim, input, ask } = useNextPrompt(editor, () => show({ version: undefined, tab: undefined }))
  if (!editor.plugin.data) {
    if (!editor.plugin.isError) return <EditorSkeleton />
    const { kind } = readError(editor.plugin.error)
    if (kind === 'not_found' || kind === 'invalid_input') return <NotFoundPage />
    return (
      <div className="p-4 md:p-8">
        <LoadError
          error={editor.plugin.error}
          onRetry={() => void editor.plugin.refetch()}
          what="the plugin"
        />
      </div>
    )
  }
  const parts = { editor, edits, search, show, form, aim, input, onRepair: ask }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <EditorHeader
        plugin={editor.plugin.data}
        version={editor.version}
        canWrite={editor.mayWrite}
        onShow={(version) => show({ version })}
      />
      {editor.plugin.data.state === 'archived' && (
        <ArchivedNotice plugin={editor.plugin.data} mayBringBack={editor.mayWrite} />
      )}
      <Announcements editor={editor} />
      {isWide ? <EditorPanes {...parts} /> : <EditorTabs {...parts} />}
    </div>
  )
}

/** `Writing… · Word Count` while a generation runs. */
function titleOf({ plugin, running, liveState }: Editor): string {
  const title = plugin.data?.title ?? 'Plugin'
  const state = liveState ?? running?.state
  return running && state && !isFinal(state) ? `${generationWords[state]}… · ${title}` : title
}

/**
 * A further prompt goes on from the version that is shown when that one is ready, else from the newest ready one. Only a
 * repair goes on from a version that did not build: its files are what the errors are about.
 */
function useNextPrompt({ key, plugin, version, running }: Editor, onStart: () => void) {
  const utils = trpc.useUtils()
  const input = useRef<HTMLTextAreaElement>(null)
  const repair = useRepair(key.pluginId)
  const parent = version && (version.state === 'ready' || version.id === repair.of) ? version : null
  const form = usePromptForm({
    pluginId: key.pluginId,
    parentVersionId: parent?.id,
    isBlocked: running !== null,
    onStart: () => {
      repair.end()
      void utils.plugins.generations.invalidate(key)
      void utils.plugins.byId.invalidate(key)
      onStart()
    },
  })
  const ask = (prompt: string) => {
    if (version) repair.begin(version.id)
    form.change({ prompt })
    // The field may have to appear first.
    requestAnimationFrame(() => input.current?.focus())
  }
  // What comes after a running generation goes on from a version that is not there yet.
  const aim = plugin.data && !running ? aimText(parent, plugin.data) : undefined
  return { form, aim, input, ask }
}

function aimText(parent: VersionDetail | null, { readyVersion, latestVersion }: Plugin): string {
  if (parent !== null) return `${parent.state === 'ready' ? 'Changes' : 'Repairs'} version ${parent.number}`
  if (readyVersion === null) return 'Begins anew: no version is ready'
  const isNewest = readyVersion.id === latestVersion?.id
  return `Changes version ${readyVersion.number}${isNewest ? '' : ', the newest one that is ready'}`
}

/** Which version the prompt is to repair, kept beside the draft of its words. */
function useRepair(pluginId: string) {
  const key = `repair:${pluginId}`
  const [of, setOf] = useState(() => localStorage.getItem(key))
  return {
    of,
    begin: (versionId: string) => {
      localStorage.setItem(key, versionId)
      setOf(versionId)
    },
    end: () => {
      localStorage.removeItem(key)
      setOf(null)
    },
  }
}
