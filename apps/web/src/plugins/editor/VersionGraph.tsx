import { Button } from '@tallyforge/ui/Button'
import { cn } from '@tallyforge/ui/cn'
import { type KeyboardEvent, memo, useMemo, useRef } from 'react'
import { Combobox } from '../../frame/late-controls.tsx'
import type { EditorSearch } from '../../search.ts'
import type { Generation, Version } from '../../trpc.ts'
import { GraphLines, graphRoom } from './GraphLines.tsx'
import { VersionRow } from './VersionRow.tsx'
import { type GraphRow, graphWidth, layoutGraph } from './version-graph.ts'

type VersionGraphProps = {
  list: readonly Version[]
  /** The version that is shown; null while a generation is watched. */
  shownId: string | null
  latestId: string | undefined
  /** A generation that will make the next one. */
  running: Generation | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  loadAll: () => void
  show: (changes: EditorSearch) => void
}

const runningId = 'running'

/** All versions, newest first, with a line from each to what it was made from. Up and Down move, Enter shows. */
export const VersionGraph = memo(function VersionGraph(props: VersionGraphProps) {
  const { list, shownId, latestId, running, hasMore, isLoadingMore, loadMore, loadAll, show } = props
  const box = useRef<HTMLOListElement>(null)
  const rows = useMemo(
    () => layoutGraph([...(running ? [{ id: runningId, parentId: running.parentVersionId }] : []), ...list]),
    [list, running],
  )
  const numbers = useMemo(() => new Map(list.map(({ id, number }) => [id, number])), [list])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const indent = graphRoom(graphWidth(rows))
  const tabStop = list.some(({ id }) => id === shownId) ? shownId : list[0]?.id
  const press = (event: KeyboardEvent) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[data-version]') ?? [])]
    const at = all.findIndex((each) => event.target instanceof Node && each.contains(event.target))
    const next = {
      ArrowDown: all[at + 1],
      ArrowUp: all[Math.max(0, at - 1)],
      Home: all[0],
      End: all.at(-1),
    }[event.key]
    if (at === -1 || next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <>
      <ol ref={box} onKeyDown={press} className="-mx-2">
        {running && (
          <RunningRow
            row={byId.get(runningId)}
            indent={indent}
            isShown={shownId === null}
            parentNumber={numbers.get(running.parentVersionId ?? '')}
            onShow={() => show({ version: undefined, compare: undefined })}
          />
        )}
        {list.map((version) => {
          const row = byId.get(version.id)
          const isShown = version.id === shownId
          return (
            row && (
              <VersionRow
                key={version.id}
                version={version}
                row={row}
                indent={indent}
                isShown={isShown}
                isTabStop={version.id === tabStop}
                branchOf={branchOf(version, numbers)}
                onShow={() =>
                  show({
                    version: version.id === latestId && !running ? undefined : version.id,
                    compare: undefined,
                  })
                }
                actions={
                  isShown &&
                  list.length > 1 && (
                    <Compare
                      version={version}
                      list={list}
                      onOpen={loadAll}
                      onChoose={(compare) => show({ version: version.id, tab: 'diff', compare })}
                    />
                  )
                }
              />
            )
          )
        })}
      </ol>
      {hasMore && (
        <Button size="sm" className="mt-2" isBusy={isLoadingMore} onClick={loadMore}>
          Show older versions
        </Button>
      )}
    </>
  )
})

type CompareProps = {
  version: Version
  list: readonly Version[]
  onOpen: () => void
  onChoose: (versionId: string) => void
}

function Compare({ version, list, onOpen, onChoose }: CompareProps) {
  const others = list.filter(({ id }) => id !== version.id)
  return (
    <Combobox
      label={`Compare version ${version.number} with`}
      value={null}
      placeholder="Compare with…"
      options={others.map(({ id, number, label }) => ({
        value: id,
        label: `Version ${number}`,
        detail: label,
      }))}
      onOpen={onOpen}
      onChange={(id) => id && onChoose(id)}
      className="h-7 w-full bg-transparent text-xs"
    />
  )
}

type RunningRowProps = {
  row: GraphRow | undefined
  indent: number
  isShown: boolean
  parentNumber: number | undefined
  onShow: () => void
}

/** Where the version that is being written will stand. */
function RunningRow({ row, indent, isShown, parentNumber, onShow }: RunningRowProps) {
  if (!row) return null
  return (
    <li className="relative">
      <button
        type="button"
        data-version={runningId}
        tabIndex={isShown ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        onClick={onShow}
        className={cn(
          'block w-full rounded-md py-1.5 pr-2 text-left -outline-offset-2 transition-colors hover:bg-hover',
          isShown && 'bg-selected',
        )}
        style={{ paddingLeft: indent }}
      >
        <span className="block font-medium text-sm">Being written</span>
        <span className="block text-faint text-xs">
          {parentNumber === undefined ? 'Made when the checks are done' : `Goes on from v${parentNumber}`}
        </span>
      </button>
      <GraphLines row={row} look="running" isShown={isShown} />
    </li>
  )
}

/** The number of the version that this one goes on from, when that is not simply the one before. */
function branchOf(
  { number, parentId }: { number: number; parentId: string | null },
  numbers: ReadonlyMap<string, number>,
): number | null {
  const parent = parentId === null ? undefined : numbers.get(parentId)
  return parent === undefined || parent === number - 1 ? null : parent
}
