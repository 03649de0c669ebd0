import type { PluginSort } from '@tallyforge/core/inputs/plugins'
import { Select } from '../frame/late-controls.tsx'

const options: { value: PluginSort; label: string }[] = [
  { value: 'updated', label: 'Last change' },
  { value: 'created', label: 'Newest' },
  { value: 'title', label: 'Title' },
]

export function SortSelect({ sort, onChange }: { sort: PluginSort; onChange: (sort: PluginSort) => void }) {
  return (
    <Select
      label="Sort by"
      value={sort}
      options={options}
      onChange={(value) => onChange(options.find((option) => option.value === value)?.value ?? 'updated')}
    />
  )
}
