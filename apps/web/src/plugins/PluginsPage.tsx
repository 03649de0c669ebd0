import { buttonStyles } from '@tallyforge/ui/Button'
import { PageHeader } from '@tallyforge/ui/PageHeader'
import { Tabs } from '@tallyforge/ui/Tabs'
import { createLazyRoute, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useOrg } from '../frame/org.ts'
import { usePageTitle } from '../frame/page-title.ts'
import { PluginList } from './PluginList.tsx'
import { SearchBox } from './SearchBox.tsx'

export const route = createLazyRoute('/$org/plugins')({ component: PluginsPage })

const tabs = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
] as const

function PluginsPage() {
  usePageTitle('Plugins')
  const { org, may } = useOrg()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = search.state ?? 'active'
  return (
    <div className="mx-auto w-full max-w-[1200px] px-4 py-6 md:px-8 md:py-8">
      <PageHeader
        title="Plugins"
        context="VS Code extensions that this organization has described."
        action={
          may('plugins.write') && (
            <Link
              to="/$org/plugins/new"
              params={{ org: org.slug }}
              className={buttonStyles({ variant: 'primary' })}
            >
              <Plus size={16} aria-hidden />
              New plugin
            </Link>
          )
        }
      />
      <Tabs
        label="Which plugins"
        className="mt-5"
        value={state}
        tabs={tabs}
        onChange={(next) =>
          void navigate({ search: { q: search.q, state: next === 'archived' ? next : undefined } })
        }
        aside={
          <SearchBox
            text={search.q ?? ''}
            onSearch={(q) => void navigate({ search: { ...search, q: q || undefined }, replace: true })}
          />
        }
      />
      <PluginList state={state} search={search.q ?? ''} />
    </div>
  )
}
