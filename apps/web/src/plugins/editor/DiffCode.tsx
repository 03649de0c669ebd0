import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { FileDiff } from '../../trpc.ts'
import { languageOf } from './code-language.ts'
import { codeTheme } from './code-theme.ts'
import type { DiffStyle } from './diff-style.ts'

/** Comparing stays short whatever the files are: past this it shows larger stretches as replaced. */
const diffConfig = { scanLimit: 500, timeout: 200 }
const collapseUnchanged = { margin: 3, minSize: 4 }

/** In one column deleted lines are drawn all at once; two columns draw only what is in sight. */
const mostDeletedLines = 3_000

/** The changed lines of one file, unchanged stretches folded. */
export function DiffCode({ file, style }: { file: FileDiff; style: DiffStyle }) {
  const host = useRef<HTMLDivElement>(null)
  const { path, before, after, deletedLines } = file
  const isSplit = style === 'split' || deletedLines > mostDeletedLines
  useEffect(() => {
    if (host.current === null) return
    const parent = host.current
    const view = isSplit ? splitView(parent, path, before, after) : unifiedView(parent, path, before, after)
    return () => view.destroy()
  }, [path, before, after, isSplit])
  return <div ref={host} />
}

function unifiedView(parent: HTMLElement, path: string, before: string, after: string) {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: after,
      extensions: [
        reading(path, `Changes of ${path}`),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          gutter: true,
          collapseUnchanged,
          diffConfig,
        }),
      ],
    }),
  })
}

function splitView(parent: HTMLElement, path: string, before: string, after: string) {
  return new MergeView({
    parent,
    a: { doc: before, extensions: reading(path, `${path} before`) },
    b: { doc: after, extensions: reading(path, `${path} after`) },
    gutter: true,
    collapseUnchanged,
    diffConfig,
  })
}

/** Without a tab stop what is only read could not be scrolled by keyboard. */
function reading(path: string, label: string): Extension {
  return [
    lineNumbers(),
    languageOf(path),
    codeTheme,
    diffTheme,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  ]
}

const changed = 'color-mix(in oklab, var(--tf-good) 16%, transparent)'
const deleted = 'color-mix(in oklab, var(--tf-bad) 13%, transparent)'

const diffTheme = EditorView.theme({
  // What is faint elsewhere, such as a comment, would be hard to read on the colours of a change.
  '&': { height: 'auto', '--tf-faint': 'var(--tf-muted)' },
  '.cm-changedLine, .cm-inlineChangedLine, &.cm-merge-b .cm-changedLine': {
    backgroundColor: 'var(--tf-good-soft)',
  },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--tf-bad-soft)' },
  '.cm-deletedChunk': { paddingLeft: '8px' },
  '&.cm-merge-b': { borderLeft: '1px solid var(--tf-line)' },
  '.cm-changedText, &.cm-merge-b .cm-changedText': { background: changed },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText, .cm-deletedText': { background: deleted },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--tf-good)' },
  '&.cm-merge-a .cm-changedLineGutter, &.cm-merge-b .cm-deletedLineGutter': { background: 'var(--tf-bad)' },
  '.cm-collapsedLines': {
    background: 'var(--tf-sunken)',
    color: 'var(--tf-muted)',
    padding: '4px 8px',
    fontFamily: 'var(--font-sans)',
    '&::before, &::after': { content: 'none' },
  },
})
