import { cn } from '@tallyforge/ui/cn'
import { Dialog } from '@tallyforge/ui/Dialog'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Menu as MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { Logo } from './Logo.tsx'
import { useOrg } from './org.ts'
import { Rail } from './Rail.tsx'

/** On a narrow screen the rail is a sheet behind a button. */
export function TopBar({ className }: { className?: string }) {
  const { org } = useOrg()
  const [isOpen, setOpen] = useState(false)
  return (
    <header className={cn('flex h-12 shrink-0 items-center gap-2 border-b bg-sunken px-2', className)}>
      <IconButton label="Open menu" onClick={() => setOpen(true)}>
        <MenuIcon size={18} aria-hidden />
      </IconButton>
      <Logo />
      <span className="min-w-0 truncate font-medium">{org.name}</span>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Menu" shape="sheet-left">
        <Rail className="-mx-5 -mb-5 bg-transparent" onNavigate={() => setOpen(false)} />
      </Dialog>
    </header>
  )
}
