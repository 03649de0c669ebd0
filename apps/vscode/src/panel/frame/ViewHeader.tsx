import { IconButton } from '@tallyforge/ui/IconButton'
import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Route } from '../../bridge/protocol.ts'
import { useRoute } from '../panel.tsx'

type ViewHeaderProps = { title: ReactNode; back?: Route; children?: ReactNode }

const backWords: Record<Route['name'], string> = {
  home: 'Back to plugins',
  create: 'Back to the new plugin',
  plugin: 'Back to the plugin',
  tokens: 'Back to tokens',
}

/** The top of a view that is not home: back, what it is, and what can be done with all of it. */
export function ViewHeader({ title, back = { name: 'home' }, children }: ViewHeaderProps) {
  const { go } = useRoute()
  const heading = useRef<HTMLHeadingElement>(null)
  // A view that takes another one's place is read from its top.
  useEffect(() => heading.current?.focus(), [])
  return (
    <header className="flex h-9 shrink-0 items-center gap-1 border-b pr-2 pl-1">
      <IconButton label={backWords[back.name]} onClick={() => go(back)}>
        <ArrowLeft size={16} aria-hidden />
      </IconButton>
      <h1
        ref={heading}
        tabIndex={-1}
        dir="auto"
        className="min-w-0 flex-1 truncate font-semibold outline-none"
      >
        {title}
      </h1>
      {children}
    </header>
  )
}
