import { entryKindWords } from '@tallyforge/core/tokens/words'
import { Button } from '@tallyforge/ui/Button'
import { SearchField } from '@tallyforge/ui/SearchField'
import { SlidersHorizontal, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Dialog, Select } from '../frame/late-controls.tsx'
import { useMediaQuery } from '../frame/media-query.ts'
import { historyKinds } from '../search.ts'
import { DayField } from './DayField.tsx'
import { type HistoryFilter, useHistoryFilter } from './history-filter.ts'
import { PluginFilter, usePluginTitle } from './PluginFilter.tsx'
import { dayWithYear } from './utc-days.ts'

/** Which entries are shown. On a narrow screen the choices wait in a sheet, and what is chosen stands as chips. */
export function HistoryFilters() {
  const { filter, isFiltered, set, clear } = useHistoryFilter()
  const isWide = useMediaQuery('(min-width: 48rem)')
  // The first key is a step to come back from; those after it are the same step.
  const search = (
    <SearchField
      label="Search the history"
      text={filter.q ?? ''}
      onSearch={(q) => set({ q: q || undefined }, filter.q !== undefined && q !== '')}
      className="min-w-0 flex-1 md:w-52 md:flex-none"
    />
  )
  if (!isWide) return <Narrow search={search} />
  return (
    <search aria-label="History" className="flex flex-wrap items-center gap-2">
      {search}
      <Choices filter={filter} onChange={set} />
      {isFiltered && (
        <Button variant="ghost" onClick={clear}>
          Clear all
        </Button>
      )}
    </search>
  )
}

type ChoicesProps = { filter: HistoryFilter; onChange: (changed: HistoryFilter) => void }

function Choices({ filter, onChange }: ChoicesProps) {
  return (
    <>
      <Select
        label="Kind"
        value={filter.kind ?? 'all'}
        options={[
          { value: 'all', label: 'All kinds' },
          ...historyKinds.map((kind) => ({ value: kind, label: entryKindWords[kind] })),
        ]}
        onChange={(value) => onChange({ kind: historyKinds.find((kind) => kind === value) })}
        className="w-full md:w-30"
      />
      <PluginFilter
        pluginId={filter.plugin}
        onChange={(plugin) => onChange({ plugin })}
        className="w-full md:w-44"
      />
      <DayField
        label="From"
        day={filter.from}
        problem={isReversed(filter) ? 'This day is after the last one: choose an earlier one.' : undefined}
        onChange={(from) => onChange({ from })}
      />
      <DayField label="To" day={filter.to} onChange={(to) => onChange({ to })} />
    </>
  )
}

/** Days as the address has them can be compared as text. */
const isReversed = ({ from, to }: HistoryFilter) => from !== undefined && to !== undefined && from > to

function Narrow({ search }: { search: ReactNode }) {
  const { filter, set, clear, isFiltered } = useHistoryFilter()
  const [isOpen, setOpen] = useState(false)
  return (
    <search aria-label="History" className="flex flex-col gap-2">
      <div className="flex gap-2">
        {search}
        <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <SlidersHorizontal size={14} aria-hidden />
          Filter
        </Button>
      </div>
      <Chips filter={filter} onChange={set} />
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Filter the history" shape="sheet">
        <div className="flex flex-col gap-4">
          <Choices filter={filter} onChange={set} />
          <p className="text-faint text-xs">Days are UTC, both ends included.</p>
          <div className="flex gap-2">
            <Button variant="primary" onClick={() => setOpen(false)}>
              Show entries
            </Button>
            {isFiltered && (
              <Button variant="ghost" onClick={clear}>
                Clear all
              </Button>
            )}
          </div>
        </div>
      </Dialog>
    </search>
  )
}

/** What is chosen, each with its way out. */
function Chips({ filter, onChange }: ChoicesProps) {
  const title = usePluginTitle(filter.plugin)
  const chips = [
    filter.kind && { text: entryKindWords[filter.kind], without: { kind: undefined } },
    filter.plugin && { text: title ?? 'One plugin', without: { plugin: undefined } },
    filter.from && { text: `From ${dayWithYear(filter.from)}`, without: { from: undefined } },
    filter.to && { text: `To ${dayWithYear(filter.to)}`, without: { to: undefined } },
  ].filter((chip) => chip !== undefined && chip !== '')
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex flex-wrap gap-1.5">
      {chips.map(({ text, without }) => (
        <li key={text} className="max-w-full">
          <button
            type="button"
            onClick={() => onChange(without)}
            className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border bg-sunken pr-1.5 pl-2.5 text-sm hover:bg-hover pointer-coarse:h-9"
          >
            <span className="sr-only">Remove filter: </span>
            <bdi className="truncate">{text}</bdi>
            <X size={14} className="shrink-0 text-muted" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
