import { Combobox } from '@tallyforge/ui/Combobox'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { SearchField } from '@tallyforge/ui/SearchField'
import { Select } from '@tallyforge/ui/Select'
import { Textarea } from '@tallyforge/ui/Textarea'
import { useState } from 'react'
import { Specimen } from './Specimen.tsx'

const models = [
  { value: 'sonnet', label: 'claude-sonnet-4.5', detail: 'Careful with larger plugins' },
  { value: 'gpt', label: 'gpt-5', detail: 'Strong all-rounder' },
  { value: 'qwen', label: 'qwen3-coder', detail: 'Quick and cheap for small plugins' },
]
const many = Array.from({ length: 120 }, (_, index) => ({
  value: String(index),
  label: `Version ${120 - index}`,
  detail: index % 3 === 0 ? 'Add a keybinding' : 'Edited by hand',
}))

/** What people fill in. */
export function Forms() {
  const [model, setModel] = useState('sonnet')
  const [version, setVersion] = useState<string | null>(null)
  return (
    <>
      <Specimen name="Field" note="Label, hint and error belong to their control.">
        <Field label="Name" hint="Shown to the members of your organizations." className="w-64">
          {(control) => <Input {...control} defaultValue="Ada Maker" />}
        </Field>
        <Field label="Email" error="Write an address such as ada@example.com." className="w-64">
          {(control) => <Input {...control} defaultValue="ada@" />}
        </Field>
        <Field label="Slug" className="w-64">
          {(control) => <Input {...control} disabled defaultValue="ada-maker" />}
        </Field>
      </Specimen>
      <Specimen name="Textarea" note="For prompts.">
        <Field label="Describe the plugin" className="w-full max-w-lg">
          {(control) => <Textarea {...control} rows={3} placeholder="Add a command that…" />}
        </Field>
      </Specimen>
      <Specimen name="Search field" note="Searches a moment after the last key.">
        <SearchField label="Search the examples" text="" onSearch={() => undefined} className="w-56" />
      </Specimen>
      <Specimen name="Select" note="One of a few.">
        <Select label="Model" value={model} options={models} onChange={setModel} className="w-56" />
        <Select
          label="Model, off"
          value={model}
          options={models}
          onChange={setModel}
          isDisabled
          className="w-56"
        />
      </Specimen>
      <Specimen name="Combobox" note="One of many, found by its words.">
        <Combobox
          label="Version"
          value={version}
          options={many}
          onChange={setVersion}
          placeholder="Choose a version"
          className="w-56"
        />
      </Specimen>
    </>
  )
}
