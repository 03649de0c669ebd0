import { Menu, MenuChoice } from '@tallyforge/ui/Menu'
import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import { Logo } from './Logo.tsx'
import { useOrg } from './org.ts'

const lineStyles = 'flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left'

/** The organization's name; a switcher for people who belong to several. */
export function OrgMenu() {
  const { org, session } = useOrg()
  const navigate = useNavigate()
  const name = <span className="min-w-0 flex-1 truncate font-medium">{org.name}</span>
  if (session.orgs.length === 1) {
    return (
      <div className={lineStyles}>
        <Logo />
        {name}
      </div>
    )
  }
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={`${lineStyles} hover:bg-hover`} aria-label="Switch organization">
          <Logo />
          {name}
          <ChevronsUpDown size={14} className="text-faint" aria-hidden />
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
