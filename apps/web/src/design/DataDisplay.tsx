import { Badge } from '@tallyforge/ui/Badge'
import { ChartFrame } from '@tallyforge/ui/ChartFrame'
import { DiffFrame } from '@tallyforge/ui/DiffFrame'
import { List, ListRow } from '@tallyforge/ui/List'
import { Meter } from '@tallyforge/ui/Meter'
import { Progress } from '@tallyforge/ui/Progress'
import { Splitter, usePaneWidth } from '@tallyforge/ui/Splitter'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import { Tree } from '@tallyforge/ui/Tree'
import { CircleCheck, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Specimen } from './Specimen.tsx'

const rows = [
  { key: 'src/', name: 'src', depth: 0, isFolder: true },
  { key: 'src/commands/', name: 'commands', depth: 1, isFolder: true },
  { key: 'src/commands/sort.ts', name: 'sort.ts', depth: 2, isFolder: false },
  { key: 'src/extension.ts', name: 'extension.ts', depth: 1, isFolder: false },
  { key: 'package.json', name: 'package.json', depth: 0, isFolder: false },
]

/** What people read. */
export function DataDisplay() {
  const [path, setPath] = useState('src/extension.ts')
  const pane = usePaneWidth('design', 280)
  return (
    <>
      <Specimen name="Badge" note="A state: colour with a word.">
        <Badge>v2</Badge>
        <Badge tone="good">
          <CircleCheck size={12} aria-hidden />
          Ready
        </Badge>
        <Badge tone="bad">
          <CircleX size={12} aria-hidden />
          Not ready
        </Badge>
        <Badge tone="warn">
          <TriangleAlert size={12} aria-hidden />
          Low
        </Badge>
        <Badge tone="live">
          <LoaderCircle size={12} className="animate-spin" aria-hidden />
          Writing
        </Badge>
      </Specimen>
      <Specimen name="Table" note="Edge to edge, figures at the right.">
        <Table aria-label="Example of a table">
          <thead>
            <tr>
              <Th>What</Th>
              <Th className="text-right">Tokens</Th>
            </tr>
          </thead>
          <tbody>
            <tr className="hover:bg-hover">
              <Td>Add a keybinding</Td>
              <Td className="figures text-right">−246.4</Td>
            </tr>
            <tr className="hover:bg-hover">
              <Td>Developer plan, first month</Td>
              <Td className="figures text-right text-good">+10,000</Td>
            </tr>
          </tbody>
        </Table>
      </Specimen>
      <Specimen name="List" note="What a table becomes on a narrow screen.">
        <List className="w-full max-w-sm">
          <ListRow>
            <span className="flex-1 truncate">Word Count</span>
            <Badge tone="good">Ready</Badge>
          </ListRow>
          <ListRow>
            <span className="flex-1 truncate">Line Chart</span>
            <Badge>v1</Badge>
          </ListRow>
        </List>
      </Specimen>
      <Specimen name="Meter and progress" note="How much there is; how far something is.">
        <div className="flex w-64 flex-col gap-5">
          <Meter label="Tokens" text="986 of 10,000" value={0.32} secondValue={0.14} />
          <Progress label="Checks" value={4 / 6} text="4 of 6 checks" />
          <Progress label="Waiting for the model" value={null} />
        </div>
      </Specimen>
      <Specimen name="Chart frame" note="Title, legend and states around a chart of any kind.">
        <div className="grid w-full gap-3 sm:grid-cols-2">
          <ChartFrame
            title="Spent"
            state="ready"
            className="h-24"
            legend={[{ label: 'Spent', mark: 'bar', value: '2,926.7' }]}
            summary="2,926.7 tokens were spent in March."
          >
            <div className="flex h-full items-end gap-1 px-3">
              {[30, 55, 20, 80, 45, 65].map((height) => (
                <span key={height} className="flex-1 rounded-sm bg-faint" style={{ height: `${height}%` }} />
              ))}
            </div>
          </ChartFrame>
          <ChartFrame
            title="Spent"
            state="message"
            className="h-24"
            message={<p className="text-center text-muted">Nothing was spent in March.</p>}
          />
        </div>
      </Specimen>
      <Specimen name="Tree" note="Arrow keys move, open and close.">
        <Tree
          label="Example of files"
          rows={rows}
          selected={path}
          onSelect={setPath}
          className="w-56 rounded-md border p-1"
          aside={({ key }) => key === 'package.json' && <span className="size-1.5 rounded-full bg-muted" />}
        />
      </Specimen>
      <Specimen name="Split pane" note="Drag the border, or use the arrow keys on it.">
        <div className="flex h-24 w-full max-w-2xl rounded-md border">
          <div className="p-3 text-muted text-sm" style={{ width: pane.width }}>
            {pane.width} pixels
          </div>
          <Splitter label="Width of the left pane" pane={pane} side="left" />
          <div className="p-3 text-muted text-sm">The rest</div>
        </div>
      </Specimen>
      <Specimen name="Diff" note="One file of a comparison.">
        <div className="flex w-full flex-col gap-3">
          <DiffFrame path="src/extension.ts" status="changed" addedLines={2} deletedLines={1} isOpenAtFirst>
            <p className="px-3 py-2 font-mono text-sm">The changed lines stand here.</p>
          </DiffFrame>
          <DiffFrame
            path="src/word-count.ts"
            status="added"
            addedLines={40}
            deletedLines={0}
            isOpenAtFirst={false}
          >
            <p className="px-3 py-2 font-mono text-sm">The changed lines stand here.</p>
          </DiffFrame>
        </div>
      </Specimen>
    </>
  )
}
