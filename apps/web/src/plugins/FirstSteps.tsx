import { cn } from '@tallyforge/ui/cn'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Progress } from '@tallyforge/ui/Progress'
import { Link } from '@tanstack/react-router'
import { Circle, CircleCheck, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useOrg } from '../frame/org.ts'
import { type Plugin, trpc } from '../trpc.ts'
import { wasDownloaded } from './downloaded.ts'
import { beginnersPlugins, firstStepsInput, firstStepsKey } from './list-input.ts'

/** The way from an empty account to an installed plugin; it ticks itself, and is gone once it is done or hidden. */
export function FirstSteps() {
  const { org, may } = useOrg()
  const key = firstStepsKey(org.id)
  const [isHidden, setHidden] = useState(() => localStorage.getItem(key) !== null)
  const { data } = trpc.plugins.list.useQuery(firstStepsInput(org.id), { enabled: !isHidden })
  if (isHidden || !data || data.items.length > beginnersPlugins || !may('plugins.write')) return null
  const steps = stepsOf(data.items, org)
  const done = steps.filter(({ isDone }) => isDone).length
  if (done === steps.length) return null
  const hide = () => {
    localStorage.setItem(key, 'hidden')
    setHidden(true)
  }
  return (
    <section aria-label="First steps" className="mt-6 rounded-md border bg-surface">
      <div className="flex items-center gap-4 py-2 pr-2 pl-4">
        <h2 className="font-medium">First steps</h2>
        <Progress
          label="First steps"
          value={done / steps.length}
          text={`${done} of ${steps.length} done`}
          className="max-w-32"
        />
        <span className="flex-1 text-faint text-sm">
          {done} of {steps.length}
        </span>
        <IconButton label="Hide the first steps" onClick={hide}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <ol className="grid border-t sm:grid-cols-2 lg:grid-cols-4">
        {steps.map(({ title, text, isDone, link }) => (
          <li key={title} className="relative flex gap-2.5 px-4 py-3.5 lg:not-last:border-r">
            {isDone ? (
              <CircleCheck size={16} className="mt-[3px] shrink-0 text-good" aria-hidden />
            ) : (
              <Circle size={16} className="mt-[3px] shrink-0 text-faint" aria-hidden />
            )}
            <div className="min-w-0">
              <p className={cn('font-medium', isDone && 'text-muted')}>
                {isDone ? title : (link ?? title)}
                {isDone && <span className="sr-only">, done</span>}
              </p>
              <p className="text-muted text-sm">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Step = { title: string; text: string; isDone: boolean; link?: ReactNode }

const linkStyles = 'rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-accent'

function stepsOf(plugins: readonly Plugin[], org: { id: string; slug: string }): Step[] {
  const ready = plugins.find((plugin) => plugin.readyVersion !== null)
  const toPlugin = (plugin: Plugin, words: string) => (
    <Link to="/$org/plugins/$plugin" params={{ org: org.slug, plugin: plugin.id }} className={linkStyles}>
      {words}
    </Link>
  )
  const first = plugins[0]
  return [
    {
      title: 'Describe a plugin',
      text: 'A few sentences are enough.',
      isDone: first !== undefined,
      link: (
        <Link to="/$org/plugins/new" params={{ org: org.slug }} className={linkStyles}>
          Describe a plugin
        </Link>
      ),
    },
    {
      title: 'Watch it become ready',
      text: 'You pay only if it builds.',
      isDone: ready !== undefined,
      ...(first ? { link: toPlugin(first, 'Watch it become ready') } : {}),
    },
    {
      title: 'Download and install it',
      text: 'One file for VS Code.',
      isDone: wasDownloaded(org.id),
      ...(ready ? { link: toPlugin(ready, 'Download and install it') } : {}),
    },
    {
      title: 'Ask for a change',
      text: 'A second version, next to the first.',
      isDone: plugins.some((plugin) => (plugin.latestVersion?.number ?? 0) > 1),
      ...(ready ? { link: toPlugin(ready, 'Ask for a change') } : {}),
    },
  ]
}
