import { readError } from '@tallyforge/client/errors'
import { createLazyRoute } from '@tanstack/react-router'
import { useRef } from 'react'
import { LoadError } from '../../frame/LoadError.tsx'
import { useMediaQuery } from '../../frame/media-query.ts'
import { NotFoundPage } from '../../frame/NotFoundPage.tsx'
import { usePageTitle } from '../../frame/page-title.ts'
import type { EditorSearch } from '../../search.ts'
import { trpc } from '../../trpc.ts'
import { usePromptForm } from '../prompt-form.ts'
import { Announcements } from './Announcements.tsx'
import { EditorHeader } from './EditorHeader.tsx'
import { EditorPanes, EditorTabs } from './EditorLayout.tsx'
import { EditorSkeleton } from './EditorSkeleton.tsx'
import { type Editor, useEditor } from './editor.ts'
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
  const edits = useEdits()
  const isWide = useMediaQuery('(min-width: 1200px)')
  usePageTitle(editor.plugin.data?.title ?? 'Plugin')

  const show = (changes: EditorSearch) =>
    void navigate({ search: { ...search, ...changes }, resetScroll: false })
  const { form, input } = useNextPrompt(editor, () => show({ version: undefined, tab: undefined }))
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
  const parts = { editor, edits, search, show, form, input }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <EditorHeader plugin={editor.plugin.data} version={editor.version} canWrite={editor.canWrite} />
      <Announcements editor={editor} />
      {isWide ? <EditorPanes {...parts} /> : <EditorTabs {...parts} />}
    </div>
  )
}

/** A further prompt goes on from the version that is shown when that one is ready, else from the newest ready one. */
function useNextPrompt({ key, version, running }: Editor, onStart: () => void) {
  const utils = trpc.useUtils()
  const input = useRef<HTMLTextAreaElement>(null)
  const form = usePromptForm({
    pluginId: key.pluginId,
    parentVersionId: version?.state === 'ready' ? version.id : undefined,
    isBlocked: running !== null,
    onStart: () => {
      void utils.plugins.generations.invalidate(key)
      void utils.plugins.byId.invalidate(key)
      onStart()
    },
  })
  return { form, input }
}
