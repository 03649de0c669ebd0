import { TabPanel, Tabs } from '@tallyforge/ui/Tabs'
import type { EditorTab } from '../../search.ts'
import { AboutTab } from './AboutTab.tsx'
import { DiffTab } from './DiffTab.tsx'
import type { EditorParts } from './EditorLayout.tsx'
import { FilesTab } from './FilesTab.tsx'

const tabs = [
  { value: 'files', label: 'Files' },
  { value: 'diff', label: 'Diff' },
  { value: 'about', label: 'About' },
] as const satisfies { value: EditorTab; label: string }[]

/** The middle: code, what changed, and what the plugin declares. */
export function Workbench(parts: EditorParts) {
  const { editor, search, show } = parts
  const shown = editor.isWatching ? 'Being written' : editor.version && `Version ${editor.version.number}`
  return (
    <Tabs
      label="Views of the code"
      value={search.tab ?? 'files'}
      tabs={tabs}
      onChange={(tab) => show({ tab: tab === 'files' ? undefined : tab })}
      className="flex min-h-0 flex-1 flex-col"
      listClassName="px-4"
      aside={<span className="truncate text-faint text-sm">{shown}</span>}
    >
      <TabPanel value="files" className="flex min-h-0 flex-1 flex-col">
        <FilesTab {...parts} />
      </TabPanel>
      <TabPanel value="diff" className="relative min-h-0 flex-1 overflow-y-auto">
        <DiffTab {...parts} />
      </TabPanel>
      <TabPanel value="about" className="relative min-h-0 flex-1 overflow-y-auto">
        <AboutTab editor={editor} />
      </TabPanel>
    </Tabs>
  )
}
