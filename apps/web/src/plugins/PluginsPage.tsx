import { buttonStyles } from '@tallyforge/ui/Button'
import { PageHeader } from '@tallyforge/ui/PageHeader'
import { SearchField } from '@tallyforge/ui/SearchField'
import { Tabs } from '@tallyforge/ui/Tabs'
import { createLazyRoute, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMediaQuery } from '../frame/media-query.ts'
import { useOrg } from '../frame/org.ts'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'
import { EndedWhileAway } from './EndedWhileAway.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { useHasFirstAnswers } from './first-answers.ts'
import { listInput, listOf } from './list-input.ts'
import { PluginList } from './PluginList.tsx'
import { PluginListSkeleton } from './PluginListSkeleton.tsx'
import { SortSelect } from './SortSelect.tsx'

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
  const choice = listOf(search)
  // The list asks for the same, so it is asked once.
  const { data } = trpc.plugins.list.useInfiniteQuery(listInput(org.id, choice), {
    getNextPageParam: (page) => page.nextCursor,
  })
  const hasFirstAnswers = useHasFirstAnswers(org.id, choice)
  const isBeginning = data?.pages[0]?.items.length === 0 && choice.state === 'active' && choice.search === ''
  const isWide = useMediaQuery('(min-width: 768px)')
  const find = (
    <div className="mb-1.5 flex gap-2">
      <SortSelect
        sort={choice.sort}
        onChange={(sort) =>
          void navigate({ search: { ...search, sort: sort === 'updated' ? undefined : sort } })
        }
      />
      <SearchField
        label="Search plugins"
        className="min-w-0 flex-1 md:w-60"
        text={choice.search}
        onSearch={(q) => void navigate({ search: { ...search, q: q || undefined }, replace: true })}
      />
    </div>
  )
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
              // The empty list has the one primary action.
              className={buttonStyles({ variant: isBeginning ? 'secondary' : 'primary' })}
            >
              <Plus size={16} aria-hidden />
              New plugin
            </Link>
          )
        }
      />
      {hasFirstAnswers ? (
        <>
          <FirstSteps />
          <EndedWhileAway />
          <Tabs
            label="Which plugins"
            className="mt-5"
            value={choice.state}
            tabs={tabs}
            onChange={(next) =>
              void navigate({ search: { ...search, state: next === 'archived' ? next : undefined } })
            }
            aside={isWide && !isBeginning && find}
          />
          {!isWide && !isBeginning && <div className="mt-3">{find}</div>}
          <PluginList choice={choice} />
        </>
      ) : (
        <div className="mt-5">
          <PluginListSkeleton />
        </div>
      )}
    </div>
  )
}
