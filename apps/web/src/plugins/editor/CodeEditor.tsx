import {
  Annotation,
  type ChangeSpec,
  Compartment,
  EditorState,
  type Extension,
  Transaction,
} from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { basicSetup } from '@uiw/react-codemirror'
import { useEffect, useRef } from 'react'
import { languageOf } from './code-language.ts'
import { codeTheme } from './code-theme.ts'
import { streamCaret } from './stream-caret.ts'

type CodeEditorProps = {
  path: string
  text: string
  /** Names a text that only grows at its end; null for one that does not stream. */
  writing: number | null
  /** The model is writing this file: the end stays in sight until the person scrolls away from it. */
  isStreaming: boolean
  /** Absent: the file can be read and copied only. */
  onChange: ((text: string) => void) | undefined
}

/** Marks changes that came from outside, so that they are neither reported as edits nor undone by a person. */
const external = Annotation.define<true>()

/** One file. Give each its own `key`: history and scroll position belong to the file. */
export function CodeEditor({ path, text, writing, isStreaming, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const access = useRef(new Compartment())
  const caret = useRef(new Compartment())
  const isAtEnd = useRef(true)
  const report = useRef(onChange)
  report.current = onChange
  const isEditable = onChange !== undefined
  /** What the view shows, so that nothing has to be read out of it. */
  const shown = useRef({ text, writing })
  const first = useRef({ text, isEditable })

  useEffect(() => {
    if (host.current === null) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current.text,
        extensions: [
          basicSetup({
            highlightActiveLine: false,
            highlightActiveLineGutter: false,
            autocompletion: false,
            lintKeymap: false,
          }),
          // The page saves; the browser's own dialog stays away.
          keymap.of([{ key: 'Mod-s', run: () => true, preventDefault: true, stopPropagation: false }]),
          languageOf(path),
          codeTheme,
          access.current.of(accessTo(path, first.current.isEditable)),
          caret.current.of([]),
          EditorView.updateListener.of((update) => {
            const isEdit = update.transactions.some((each) => each.docChanged && !each.annotation(external))
            if (!isEdit) return
            shown.current = { text: update.state.doc.toString(), writing: null }
            report.current?.(shown.current.text)
          }),
          endWatcher(isAtEnd),
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [path])

  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessTo(path, isEditable)) })
  }, [path, isEditable])

  const wasStreaming = useRef(isStreaming)
  useEffect(() => {
    view.current?.dispatch({ effects: caret.current.reconfigure(isStreaming ? streamCaret : []) })
    // A finished file is read from its beginning, unless the person has left the end to read elsewhere.
    if (wasStreaming.current && !isStreaming && isAtEnd.current) view.current?.scrollDOM.scrollTo(0, 0)
    wasStreaming.current = isStreaming
  }, [isStreaming])

  useEffect(() => {
    if (view.current === null || shown.current.text === text) return
    const isGrowing = writing !== null && writing === shown.current.writing
    if (!isGrowing) isAtEnd.current = true
    change(view.current, isGrowing ? text.slice(shown.current.text.length) : text, {
      isAppended: isGrowing,
      isFollowed: isStreaming && isAtEnd.current,
    })
    shown.current = { text, writing }
  }, [text, writing, isStreaming])

  return <div ref={host} className="h-full" />
}

function accessTo(path: string, isEditable: boolean): Extension {
  return [
    EditorState.readOnly.of(!isEditable),
    EditorView.editable.of(isEditable),
    // Without a tab stop a file that is only read could not be scrolled by keyboard.
    EditorView.contentAttributes.of({ 'aria-label': `Source of ${path}`, tabindex: '0' }),
  ]
}

/** Appends where the text only goes on, so that scroll position and selection stay, and no work is done for what is there. */
function change(view: EditorView, text: string, how: { isAppended: boolean; isFollowed: boolean }) {
  const { doc } = view.state
  const changes: ChangeSpec = how.isAppended
    ? { from: doc.length, insert: text }
    : { from: 0, to: doc.length, insert: text }
  view.dispatch({ changes, annotations: [external.of(true), Transaction.addToHistory.of(false)] })
  if (how.isFollowed) scrollToEnd(view)
}

/** A step of its own: in one with the change, the editor would cut the place off at the end of the text before it. */
function scrollToEnd(view: EditorView) {
  // The start of the last line: its end would pull long lines sideways.
  const { from } = view.state.doc.lineAt(view.state.doc.length)
  view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'end', yMargin: 24 }) })
}

/** Keys that lead away from the end. */
const upKeys = new Set(['ArrowUp', 'PageUp', 'Home'])

/** What a person does to leave needs this long to move anything. */
const leavingMs = 250

/**
 * The stream is followed until the person turns, keys, touches or drags upward, and again once they are at the end. The
 * position alone does not tell: the editor moves it too, when lines turn out higher or lower than it took them for.
 */
function endWatcher(isAtEnd: { current: boolean }): Extension {
  let lastTop = 0
  let leftAt = 0
  let isHeld = false
  const leave = (event: Event) => {
    isAtEnd.current = false
    leftAt = event.timeStamp
  }
  return EditorView.domEventHandlers({
    wheel: (event) => {
      if (event.deltaY < 0) leave(event)
    },
    keydown: (event) => {
      if (upKeys.has(event.key)) leave(event)
    },
    touchmove: leave,
    // The scroll bar is no element: a press beside the code is on it.
    pointerdown: () => {
      isHeld = true
      window.addEventListener('pointerup', () => (isHeld = false), { once: true })
    },
    scroll: (event, view) => {
      const { scrollTop, clientHeight, scrollHeight } = view.scrollDOM
      const isThere = scrollTop + clientHeight >= scrollHeight - 8
      // The follower's own last step may be told of only after the person has left.
      if (isThere && event.timeStamp - leftAt > leavingMs) isAtEnd.current = true
      else if (isHeld && scrollTop < lastTop) leave(event)
      lastTop = scrollTop
    },
  })
}
