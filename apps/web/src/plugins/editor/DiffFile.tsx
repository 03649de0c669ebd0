import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FileDiff } from '../../trpc.ts'
import { languageOf } from './code-language.ts'
import { codeTheme } from './code-theme.ts'

const statusWords: Record<FileDiff['status'], string> = {
  added: 'Added',
  deleted: 'Deleted',
  changed: 'Changed',
}

/** One file of a comparison; unchanged stretches are folded. */
export function DiffFile({ file, isOpenAtFirst }: { file: FileDiff; isOpenAtFirst: boolean }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  return (
    <section aria-label={file.path} className="overflow-hidden rounded-md border">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-9 w-full items-center gap-2 bg-sunken px-3 text-left text-sm -outline-offset-2"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={`shrink-0 text-faint transition-transform ${isOpen ? 'rotate-90' : ''}`}
          />
          <span className="min-w-0 flex-1 truncate font-mono">{file.path}</span>
          <span className="text-faint text-xs">{statusWords[file.status]}</span>
          <span className="figures text-good text-xs">+{file.addedLines}</span>
          <span className="figures text-bad text-xs">−{file.deletedLines}</span>
        </button>
      </h2>
      {isOpen && <UnifiedDiff file={file} />}
    </section>
  )
}

function UnifiedDiff({ file }: { file: FileDiff }) {
  const host = useRef<HTMLDivElement>(null)
  const { path, before, after } = file
  useEffect(() => {
    if (host.current === null) return
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          languageOf(path),
          codeTheme,
          diffTheme,
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ 'aria-label': `Changes of ${path}`, tabindex: '0' }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            gutter: true,
            collapseUnchanged: { margin: 3, minSize: 4 },
          }),
        ],
      }),
    })
    return () => view.destroy()
  }, [path, before, after])
  return <div ref={host} className="border-t" />
}

const diffTheme = EditorView.theme({
  '&': { height: 'auto' },
  '.cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--tf-good-soft)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--tf-bad-soft)', paddingLeft: '8px' },
  '.cm-changedText, &.cm-merge-b .cm-changedText': {
    background: 'color-mix(in oklab, var(--tf-good) 16%, transparent)',
  },
  '.cm-deletedChunk .cm-deletedText, .cm-deletedText': {
    background: 'color-mix(in oklab, var(--tf-bad) 13%, transparent)',
  },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--tf-good)' },
  '&.cm-merge-b .cm-deletedLineGutter': { background: 'var(--tf-bad)' },
  '.cm-collapsedLines': {
    background: 'var(--tf-sunken)',
    color: 'var(--tf-muted)',
    padding: '4px 8px',
    fontFamily: 'var(--font-sans)',
    '&::before, &::after': { content: 'none' },
  },
})
