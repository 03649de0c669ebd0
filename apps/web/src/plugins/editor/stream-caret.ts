import { type EditorState, type Extension, StateField } from '@codemirror/state'
import { Decoration, EditorView, WidgetType } from '@codemirror/view'

class Caret extends WidgetType {
  override toDOM() {
    const caret = document.createElement('span')
    caret.className = 'cm-stream-caret'
    caret.ariaHidden = 'true'
    return caret
  }
  /** One like the other: it is moved, not made again. */
  override eq() {
    return true
  }
}

const caret = Decoration.widget({ widget: new Caret(), side: 1 })
const atEnd = (state: EditorState) => Decoration.set(caret.range(state.doc.length))

/** The caret of the model, at the end of the file that it writes. */
export const streamCaret: Extension = [
  StateField.define({
    create: atEnd,
    update: (decorations, { docChanged, state }) => (docChanged ? atEnd(state) : decorations),
    provide: (field) => EditorView.decorations.from(field),
  }),
  EditorView.theme({
    '.cm-stream-caret': {
      display: 'inline-block',
      width: '2px',
      height: '1.1em',
      marginLeft: '1px',
      verticalAlign: 'text-bottom',
      background: 'var(--tf-accent)',
      animation: 'tf-caret 1s steps(1) infinite',
    },
    '@keyframes tf-caret': { '50%': { opacity: '0' } },
  }),
]
