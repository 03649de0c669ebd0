import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { oneDark, oneDarkHighlightStyle } from '@uiw/react-codemirror'

/** Which of our colors stands for which of One Dark: its table of tags is good, its colors are not ours. */
const colors: Record<string, string> = {
  '#c678dd': 'var(--tf-code-keyword)',
  '#e06c75': 'var(--tf-ink)',
  '#61afef': 'var(--tf-code-name)',
  '#d19a66': 'var(--tf-code-number)',
  '#abb2bf': 'var(--tf-ink)',
  '#e5c07b': 'var(--tf-code-type)',
  '#56b6c2': 'var(--tf-muted)',
  '#7d8799': 'var(--tf-faint)',
  '#98c379': 'var(--tf-code-string)',
}

/** The rules under the class names that One Dark's highlighter gives. */
function tokenRules() {
  const rules = oneDarkHighlightStyle.specs.flatMap(({ tag, color }) => {
    const classes = oneDarkHighlightStyle.style(Array.isArray(tag) ? tag.slice(0, 1) : [tag])
    const ours = typeof color === 'string' ? colors[color] : undefined
    return classes && ours ? [[`.${classes.split(' ').join('.')}`, { color: ours }] as const] : []
  })
  return Object.fromEntries(rules)
}

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--tf-surface)', color: 'var(--tf-ink)' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', fontSize: '13px', lineHeight: '1.55' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--tf-accent)' },
  '.cm-line': { padding: '0 16px 0 8px' },
  '.cm-gutters': {
    backgroundColor: 'var(--tf-surface)',
    color: 'var(--tf-faint)',
    border: 'none',
    paddingLeft: '4px',
  },
  // Room for four digits, so that the code stays where it is while a file grows.
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '42px' },
  '.cm-activeLineGutter, .cm-activeLine': { backgroundColor: 'var(--tf-sunken)' },
  '.cm-cursor': { borderLeftColor: 'var(--tf-accent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection':
    { backgroundColor: 'color-mix(in oklab, var(--tf-accent) 26%, transparent)' },
  '.cm-panels': { backgroundColor: 'var(--tf-sunken)', color: 'var(--tf-ink)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--tf-sunken)', borderColor: 'var(--tf-line)' },
  ...tokenRules(),
})

// The last part of One Dark is its highlighter; its own colors of the page stay out.
const highlighter = Array.isArray(oneDark) ? oneDark.at(-1) : []

export const codeTheme: Extension = [look, highlighter]
