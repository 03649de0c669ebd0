import { cn } from '@tallyforge/ui/cn'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Menu as MenuIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Logo } from './Logo.tsx'
import { useOrg } from './org.ts'

const RailSheet = lazy(() => import('./RailSheet.tsx').then((sheet) => ({ default: sheet.RailSheet })))

/** On a narrow screen the rail is a sheet behind a button. */
export function TopBar({ className }: { className?: string }) {
  const { org } = useOrg()
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setOpened] = useState(false)
  const open = () => {
    setOpened(true)
    setOpen(true)
  }
  return (
    <header className={cn('flex h-12 shrink-0 items-center gap-2 border-b bg-sunken px-2', className)}>
      <IconButton label="Open menu" onClick={open}>
        <MenuIcon size={18} aria-hidden />
      </IconButton>
      <Logo />
      <span className="min-w-0 truncate font-medium">{org.name}</span>
      <Suspense>{wasOpened && <RailSheet isOpen={isOpen} onClose={() => setOpen(false)} />}</Suspense>
    </header>
  )
}
