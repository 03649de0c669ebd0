import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

export type Tab<Value extends string = string> = { value: Value; label: ReactNode }

type TabsProps<Value extends string> = {
  label: string
  value: Value
  tabs: readonly Tab<Value>[]
  onChange: (value: Value) => void
  className?: string
  /** Stands at the right end of the row of tabs. */
  aside?: ReactNode
  listClassName?: string
  children?: ReactNode
}

/** Tabs with an underline. Their panels are {@link TabPanel}s among the children. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, value, tabs, onChange, className, aside, listClassName, children } = props
  return (
    <Base.Root value={value} onValueChange={onChange} className={className}>
      <div className={cn('flex shrink-0 items-center justify-between gap-3 border-b', listClassName)}>
        <Base.List aria-label={label} activateOnFocus className="relative flex min-w-0 gap-4 overflow-x-auto">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 pt-0.5 text-muted text-sm -outline-offset-2 transition-colors hover:text-ink data-active:border-ink data-active:font-medium data-active:text-ink pointer-coarse:h-11"
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {aside}
      </div>
      {children}
    </Base.Root>
  )
}

type PanelProps = { value: string; className?: string; children: ReactNode }

export function TabPanel({ value, className, children }: PanelProps) {
  return (
    <Base.Panel value={value} className={cn('-outline-offset-2', className)}>
      {children}
    </Base.Panel>
  )
}
