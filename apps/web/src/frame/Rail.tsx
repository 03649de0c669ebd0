import { cn } from '@tallyforge/ui/cn'
import { Link } from '@tanstack/react-router'
import { Blocks, Coins } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { BalanceMeter } from './BalanceMeter.tsx'
import { OrgMenu } from './OrgMenu.tsx'
import { useOrg } from './org.ts'

// Menus come after the first paint: nobody opens one before they see the page.
const UserMenu = lazy(() => import('./UserMenu.tsx').then((menu) => ({ default: menu.UserMenu })))

const pages = [
  { to: '/$org/plugins', label: 'Plugins', Icon: Blocks },
  { to: '/$org/tokens', label: 'Tokens', Icon: Coins },
] as const

type RailProps = { className?: string; onNavigate?: () => void }

export function Rail({ className, onNavigate }: RailProps) {
  const { org } = useOrg()
  return (
    <aside aria-label="Organization" className={cn('flex h-full flex-col bg-sunken', className)}>
      <div className="p-2">
        <OrgMenu />
      </div>
      <nav aria-label="Pages" className="flex flex-1 flex-col gap-0.5 px-2">
        {pages.map(({ to, label, Icon }) => (
          <Link
            key={to}
            to={to}
            params={{ org: org.slug }}
            onClick={onNavigate}
            className="flex h-8 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink pointer-coarse:h-11"
          >
            <Icon size={16} aria-hidden />
            {label}
          </Link>
        ))}
      </nav>
      <div className="border-t p-2">
        <BalanceMeter onNavigate={onNavigate} />
      </div>
      <div className="border-t p-2">
        <Suspense fallback={<div className="h-10" />}>
          <UserMenu />
        </Suspense>
      </div>
    </aside>
  )
}
