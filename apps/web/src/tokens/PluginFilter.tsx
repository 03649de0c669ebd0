import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Combobox } from '../frame/late-controls.tsx'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'

const all = { value: '', label: 'All plugins' }

type PluginFilterProps = {
  pluginId: string | undefined
  onChange: (pluginId: string | undefined) => void
  className?: string
}

/** One plugin of the org, archived ones too. The server searches: an org may have thousands. */
export function PluginFilter({ pluginId, onChange, className }: PluginFilterProps) {
  const [search, setSearch] = useState('')
  const [isWanted, setWanted] = useState(false)
  const options = useOptions(search, isWanted)
  const title = usePluginTitle(pluginId)
  const chosen = pluginId ? [{ value: pluginId, label: title ?? 'One plugin' }] : []
  const isKnown = options.some(({ value }) => value === pluginId)
  return (
    <Combobox
      label="Plugin"
      value={pluginId ?? ''}
      options={[...(search === '' ? [all] : []), ...(isKnown ? [] : chosen), ...options]}
      onChange={(value) => onChange(value || undefined)}
      onSearch={setSearch}
      onOpen={() => setWanted(true)}
      emptyText="No plugin has these words in its title or description."
      className={className ?? ''}
    />
  )
}

function useOptions(search: string, isWanted: boolean) {
  const { org } = useOrg()
  const [asked, setAsked] = useState(search)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search), 200)
    return () => clearTimeout(timer)
  }, [search])
  const input = { orgId: org.id, search: asked, limit: 50 }
  const options = { enabled: isWanted, placeholderData: keepPreviousData }
  const active = trpc.plugins.list.useQuery({ ...input, state: 'active' }, options)
  const archived = trpc.plugins.list.useQuery({ ...input, state: 'archived' }, options)
  return [...(active.data?.items ?? []), ...(archived.data?.items ?? [])].map(({ id, title, state }) => ({
    value: id,
    label: title,
    ...(state === 'archived' && { detail: 'Archived' }),
  }))
}

/** The title of the plugin that the address names; undefined while it loads, and when there is none. */
export function usePluginTitle(pluginId: string | undefined): string | undefined {
  const { org } = useOrg()
  const input = { orgId: org.id, pluginId: pluginId ?? '' }
  return trpc.plugins.byId.useQuery(input, { enabled: pluginId !== undefined }).data?.title
}
