import { Button } from '@tallyforge/ui/Button'
import { CopyButton } from '@tallyforge/ui/CopyButton'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Kbd } from '@tallyforge/ui/Kbd'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { Segmented } from '@tallyforge/ui/Segmented'
import { TabPanel, Tabs } from '@tallyforge/ui/Tabs'
import { Tooltip } from '@tallyforge/ui/Tooltip'
import { Archive, Download, Pencil } from 'lucide-react'
import { useState } from 'react'
import { Specimen } from './Specimen.tsx'

const variants = ['primary', 'secondary', 'ghost', 'danger'] as const
const tabs = [
  { value: 'files', label: 'Files' },
  { value: 'diff', label: 'Diff' },
  { value: 'about', label: 'About' },
] as const
const targets = [
  { value: 'code', label: 'Code' },
  { value: 'side', label: 'Side by side' },
] as const

/** What people press. */
export function Actions() {
  const [tab, setTab] = useState<(typeof tabs)[number]['value']>('files')
  const [target, setTarget] = useState<(typeof targets)[number]['value']>('code')
  const [theme, setTheme] = useState<'light' | 'dark'>('light')
  return (
    <>
      <Specimen name="Button" note="One primary action in a view.">
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            <Download size={14} aria-hidden />
            {variant}
          </Button>
        ))}
        {variants.map((variant) => (
          <Button key={variant} variant={variant} disabled>
            {variant}, off
          </Button>
        ))}
        <Button variant="primary" isBusy>
          Generate
        </Button>
        <Button size="sm">Small</Button>
        <Button size="lg">Large</Button>
      </Specimen>
      <Specimen name="Icon button" note="Its label is its name and its tooltip.">
        <IconButton label="Rename">
          <Pencil size={14} aria-hidden />
        </IconButton>
        <IconButton label="Rename" disabled>
          <Pencil size={14} aria-hidden />
        </IconButton>
        <CopyButton text="gen_0198" label="Copy id" />
        <Tooltip text="21 November 2026, 08:12:03">
          <Button size="sm">With a tooltip</Button>
        </Tooltip>
      </Specimen>
      <Specimen name="Key hint" note="The keys of this machine.">
        <Kbd keys="Mod+K" />
        <Kbd keys="Mod+Enter" />
        <Kbd keys="g p" />
        <Kbd keys="?" />
      </Specimen>
      <Specimen name="Menu" note="Actions on one thing; choices of a few.">
        <Menu align="start" trigger={<Button>Open menu</Button>}>
          <MenuHeading>Word Count</MenuHeading>
          <MenuItem onSelect={() => undefined}>
            <Pencil size={16} aria-hidden />
            Rename
          </MenuItem>
          <MenuItem onSelect={() => undefined} isDisabled>
            <Archive size={16} aria-hidden />
            Archive
          </MenuItem>
          <MenuSeparator />
          <MenuChoice
            label="Theme"
            value={theme}
            options={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChange={setTheme}
          />
        </Menu>
      </Specimen>
      <Specimen name="Segmented" note="One of a few, all in sight.">
        <Segmented label="Target" value={target} options={targets} onChange={setTarget} />
      </Specimen>
      <Specimen name="Tabs" note="Views of one thing.">
        <Tabs
          label="Views"
          value={tab}
          tabs={tabs}
          onChange={setTab}
          className="w-full"
          aside={<span className="text-faint text-sm">Version 2</span>}
        >
          {tabs.map(({ value, label }) => (
            <TabPanel key={value} value={value} className="py-3 text-muted">
              {label} of version 2
            </TabPanel>
          ))}
        </Tabs>
      </Specimen>
    </>
  )
}
