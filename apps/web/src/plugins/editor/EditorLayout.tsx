import { Splitter, usePaneWidth } from '@tallyforge/ui/Splitter'
import { TabPanel, Tabs } from '@tallyforge/ui/Tabs'
import { type RefObject, useState } from 'react'
import type { EditorSearch } from '../../search.ts'
import type { PromptForm } from '../prompt-form.ts'
import type { Editor } from './editor.ts'
import type { Edits } from './edits.ts'
import { ResultPane } from './ResultPane.tsx'
import { ThreadPane } from './ThreadPane.tsx'
import { Workbench } from './Workbench.tsx'

export type EditorParts = {
  editor: Editor
  edits: Edits
  search: EditorSearch
  /** Goes to another place in the editor. `isReplaced`: Back does not lead to the one before. */
  show: (changes: EditorSearch, options?: { isReplaced?: boolean }) => void
  /** The next prompt, and its field. */
  form: PromptForm
  /** What it goes on from, in words; absent while nobody can know. */
  aim: string | undefined
  input: RefObject<HTMLTextAreaElement | null>
  /** Puts the complaint of the gate into the next prompt, ready to be sent. */
  onRepair: (prompt: string) => void
}

/** Three panes with borders that can be dragged. */
export function EditorPanes(parts: EditorParts) {
  const prompts = usePaneWidth('prompts', 320)
  const result = usePaneWidth('result', 296)
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label="Prompts"
        className="flex min-h-0 shrink-0 flex-col"
        style={{ width: prompts.width }}
      >
        <ThreadPane {...parts} />
      </section>
      <Splitter label="Width of prompts" pane={prompts} side="left" />
      <section aria-label="Code" className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Workbench {...parts} />
      </section>
      <Splitter label="Width of result" pane={result} side="right" />
      <section
        aria-label="Result"
        className="relative min-h-0 shrink-0 overflow-y-auto"
        style={{ width: result.width }}
      >
        <ResultPane {...parts} onShowAll={() => parts.show({ tab: 'about' })} />
      </section>
    </div>
  )
}

const panes = [
  { value: 'prompts', label: 'Prompts' },
  { value: 'code', label: 'Code' },
  { value: 'result', label: 'Result' },
] as const
const runningLabel = (
  <>
    Result
    <span className="size-1.5 animate-pulse rounded-full bg-accent" />
    <span className="sr-only">, running</span>
  </>
)
type Pane = (typeof panes)[number]['value']

/** The same three, one at a time. */
export function EditorTabs(parts: EditorParts) {
  const [pane, setPane] = useState<Pane>(parts.editor.running ? 'prompts' : 'result')
  return (
    <Tabs
      label="Parts of the editor"
      value={pane}
      tabs={panes.map((each) =>
        each.value === 'result' && parts.editor.running ? { ...each, label: runningLabel } : each,
      )}
      onChange={setPane}
      className="flex min-h-0 flex-1 flex-col"
      listClassName="px-4"
    >
      <TabPanel value="prompts" className="flex min-h-0 flex-1 flex-col">
        <ThreadPane {...parts} />
      </TabPanel>
      <TabPanel value="code" className="flex min-h-0 flex-1 flex-col">
        <Workbench {...parts} />
      </TabPanel>
      <TabPanel value="result" className="relative min-h-0 flex-1 overflow-y-auto">
        <ResultPane
          {...parts}
          onRepair={(prompt) => {
            setPane('prompts')
            parts.onRepair(prompt)
          }}
          onShowAll={() => {
            setPane('code')
            parts.show({ tab: 'about' })
          }}
        />
      </TabPanel>
    </Tabs>
  )
}
