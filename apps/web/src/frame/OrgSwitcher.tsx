import { Menu, MenuChoice } from '@tallyforge/ui/Menu'
import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useOrg } from './org.ts'

type OrgSwitcherProps = { className: string; isCollapsed: boolean; children: ReactNode }

/** The way to another organization, for people who belong to several. */
export function OrgSwitcher({ className, isCollapsed, children }: OrgSwitcherProps) {
  const { org, session } = useOrg()
  const navigate = useNavigate()
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={`${className} hover:bg-hover`} aria-label="Switch organization">
          {children}
          {!isCollapsed && <ChevronsUpDown size={14} className="text-faint" aria-hidden />}
        </button>
      }
    >
      <MenuChoice
        label="Organizations"
        value={org.slug}
        options={session.orgs.map(({ slug, name: label }) => ({ value: slug, label }))}
        onChange={(slug) => void navigate({ to: '/$org/plugins', params: { org: slug } })}
      />
    </Menu>
  )
}
