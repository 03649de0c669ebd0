import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { basicSetup } from '@uiw/react-codemirror'
import { useEffect, useRef } from 'react'
import { languageOf } from './code-language.ts'
import { codeTheme } from './code-theme.ts'

type CodeEditorProps = {
  path: string
  text: string
  /** The model is writing this file: the end stays in sight until the person scrolls away from it. */
  isStreaming: boolean
  /** Absent: the file can be read and copied only. */
  onChange: ((text: string) => void) | undefined
}

/** Marks changes that came from outside, so that they are not reported as edits. */
const external = Annotation.define<true>()

/** One file. Give each its own `key`: history and scroll position belong to the file. */
export function CodeEditor({ path, text, isStreaming, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const access = useRef(new Compartment())
  const isAtEnd = useRef(true)
  const report = useRef(onChange)
  report.current = onChange
  const isEditable = onChange !== undefined
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
          languageOf(path),
          codeTheme,
          access.current.of(accessTo(path, first.current.isEditable)),
          EditorView.updateListener.of((update) => {
            const isEdit = update.transactions.some((each) => each.docChanged && !each.annotation(external))
            if (isEdit) report.current?.(update.state.doc.toString())
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

  useEffect(() => {
    if (view.current === null) return
    replaceText(view.current, text)
    if (isStreaming && isAtEnd.current) scrollToEnd(view.current)
  }, [text, isStreaming])

  return <div ref={host} className={`h-full ${isStreaming ? 'is-streaming' : ''}`} />
}

function accessTo(path: string, isEditable: boolean): Extension {
  return [
    EditorState.readOnly.of(!isEditable),
    EditorView.editable.of(isEditable),
    // Without a tab stop a file that is only read could not be scrolled by keyboard.
    EditorView.contentAttributes.of({ 'aria-label': `Source of ${path}`, tabindex: '0' }),
  ]
}

/** Appends where the new text only goes on, so that scroll position and selection stay. */
function replaceText(view: EditorView, text: string) {
  const shown = view.state.doc.toString()
  if (shown === text) return
  const changes = text.startsWith(shown)
    ? { from: shown.length, insert: text.slice(shown.length) }
    : { from: 0, to: shown.length, insert: text }
  view.dispatch({ changes, annotations: external.of(true) })
}

function scrollToEnd(view: EditorView) {
  // The start of the last line: its end would pull long lines sideways.
  const { from } = view.state.doc.lineAt(view.state.doc.length)
  view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'end', yMargin: 24 }) })
}

/** The stream is followed until the person turns the wheel or drags upward, and again once they are at the end. */
function endWatcher(isAtEnd: { current: boolean }): Extension {
  const leave = () => {
    isAtEnd.current = false
  }
  return EditorView.domEventHandlers({
    wheel: (event) => {
      if (event.deltaY < 0) leave()
    },
    touchmove: leave,
    keydown: leave,
    scroll: (_, view) => {
      const { scrollTop, clientHeight, scrollHeight } = view.scrollDOM
      if (scrollTop + clientHeight >= scrollHeight - 8) isAtEnd.current = true
    },
  })
}
