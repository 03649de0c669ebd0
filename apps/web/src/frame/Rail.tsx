import { cn } from '@tallyforge/ui/cn'
import { Kbd, keysText } from '@tallyforge/ui/Kbd'
import { Tooltip } from '@tallyforge/ui/Tooltip'
import { Link } from '@tanstack/react-router'
import { Blocks, Coins, PanelLeft, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { BalanceMeter } from './BalanceMeter.tsx'
import { useOpenPalette } from './Keyboard.tsx'
import { late } from './late.tsx'
import { OrgMenu } from './OrgMenu.tsx'
import { useOrg } from './org.ts'
import { toggleRail } from './rail-width.ts'
import { shortcuts } from './shortcuts.ts'

// Menus come after the first paint: nobody opens one before they see the page.
const UserMenu = late(
  () => import('./UserMenu.tsx').then((menu) => menu.UserMenu),
  () => <div className="h-10" />,
)

const pages = [
  { to: '/$org/plugins', label: 'Plugins', Icon: Blocks },
  { to: '/$org/tokens', label: 'Tokens', Icon: Coins },
] as const

type RailProps = { className?: string; isCollapsed?: boolean; onNavigate?: () => void }

const lineStyles =
  'flex h-8 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink pointer-coarse:h-11'

/** Organization, pages, balance and account. Collapsed, it shows icons with their names on hover and on focus. */
export function Rail({ className, isCollapsed = false, onNavigate }: RailProps) {
  const { org } = useOrg()
  return (
    <aside aria-label="Organization" className={cn('flex h-full flex-col bg-sunken', className)}>
      <div className="flex flex-col gap-2 p-2">
        <OrgMenu isCollapsed={isCollapsed} />
        <FindButton isCollapsed={isCollapsed} onPress={onNavigate} />
      </div>
      <nav aria-label="Pages" className="flex flex-1 flex-col gap-0.5 px-2">
        {pages.map(({ to, label, Icon }) => (
          <Named key={to} name={label} isCollapsed={isCollapsed}>
            <Link
              to={to}
              params={{ org: org.slug }}
              onClick={onNavigate}
              className={cn(lineStyles, isCollapsed && 'justify-center')}
            >
              <Icon size={16} aria-hidden />
              <span className={isCollapsed ? 'sr-only' : undefined}>{label}</span>
            </Link>
          </Named>
        ))}
      </nav>
      {onNavigate === undefined && (
        <div className="p-2">
          <Named name={`Open the rail (${keysText(shortcuts.rail.keys)})`} isCollapsed={isCollapsed}>
            <button
              type="button"
              onClick={toggleRail}
              aria-expanded={!isCollapsed}
              className={cn(lineStyles, 'w-full text-faint', isCollapsed && 'justify-center')}
            >
              <PanelLeft size={16} aria-hidden />
              <span className={isCollapsed ? 'sr-only' : 'text-sm'}>
                {isCollapsed ? 'Open the rail' : 'Fold'}
              </span>
            </button>
          </Named>
        </div>
      )}
      <div className="border-t p-2">
        <BalanceMeter isCollapsed={isCollapsed} onNavigate={onNavigate} />
      </div>
      <div className="border-t p-2">
        <UserMenu isCollapsed={isCollapsed} />
      </div>
    </aside>
  )
}

type NamedProps = { name: string; isCollapsed: boolean; children: ReactElement }

/** Shows the name of what is only an icon. */
function Named({ name, isCollapsed, children }: NamedProps) {
  if (!isCollapsed) return children
  return (
    <Tooltip text={name} side="right">
      {children}
    </Tooltip>
  )
}

type FindButtonProps = { isCollapsed: boolean; onPress: (() => void) | undefined }

/** The way to the palette for those who do not know its keys. */
function FindButton({ isCollapsed, onPress }: FindButtonProps) {
  const openPalette = useOpenPalette()
  return (
    <Named name={`Find (${keysText(shortcuts.palette.keys)})`} isCollapsed={isCollapsed}>
      <button
        type="button"
        onClick={() => {
          onPress?.()
          openPalette()
        }}
        className={cn(
          'flex h-8 items-center gap-2 rounded-md border bg-surface px-2 text-faint text-sm transition-colors hover:border-line-strong hover:text-muted pointer-coarse:h-11',
          isCollapsed && 'justify-center',
        )}
      >
        <Search size={14} aria-hidden />
        <span className={isCollapsed ? 'sr-only' : 'flex-1 text-left'}>Find</span>
        {!isCollapsed && <Kbd keys={shortcuts.palette.keys} className="pointer-coarse:hidden" />}
      </button>
    </Named>
  )
}
