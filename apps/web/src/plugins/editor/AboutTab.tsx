import { reachText } from '@tallyforge/core/plugins/reach'
import { Badge } from '@tallyforge/ui/Badge'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import type { ReactNode } from 'react'
import type { VersionDetail } from '../../trpc.ts'
import type { Editor } from './editor.ts'

type Summary = NonNullable<VersionDetail['summary']>

/** What the shown version declares and can reach: to be read before it is installed. */
export function AboutTab({ editor }: { editor: Editor }) {
  const { version, isWatching, detail } = editor
  if (isWatching) {
    return <EmptyState title="Being written">What it can do is shown once the checks are done.</EmptyState>
  }
  if (!version) {
    return detail.isLoading ? <Skeleton className="m-4 h-24" /> : <EmptyState title="No version yet" />
  }
  if (!version.summary) {
    return (
      <EmptyState title={`Version ${version.number} cannot be installed`}>
        A version is described once it has passed the checks.
      </EmptyState>
    )
  }
  return <About summary={version.summary} />
}

function About({ summary }: { summary: Summary }) {
  const keys = new Map(summary.keybindings.map(({ command, key }) => [command, key]))
  return (
    <div className="flex flex-col gap-7 p-4 md:p-6">
      <div>
        <h2 className="font-semibold text-lg">{summary.displayName}</h2>
        <p className="mt-0.5 max-w-[65ch] text-muted">{summary.description}</p>
      </div>
      <Capabilities capabilities={summary.capabilities} />
      {summary.commands.length > 0 && (
        <Part title="Commands">
          <Table aria-label="Commands">
            <thead>
              <tr>
                <Th className="pl-0">Command</Th>
                <Th className="pr-0 text-right">Key</Th>
              </tr>
            </thead>
            <tbody>
              {summary.commands.map(({ command, title }) => (
                <tr key={command}>
                  <Td className="py-2 pl-0">
                    <span className="block">{title}</span>
                    <span className="block break-all font-mono text-muted text-xs">{command}</span>
                  </Td>
                  <Td className="whitespace-nowrap py-2 pr-0 text-right align-top font-mono text-xs leading-5">
                    {keys.get(command) ?? '–'}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Part>
      )}
      {summary.settings.length > 0 && (
        <Part title="Settings">
          <Table aria-label="Settings">
            <thead>
              <tr>
                <Th className="pl-0">Setting</Th>
                <Th className="pr-0 text-right">Default</Th>
              </tr>
            </thead>
            <tbody>
              {summary.settings.map(({ key, description, default: fallback }) => (
                <tr key={key}>
                  <Td className="py-2 pl-0">
                    <span className="block break-all font-mono text-xs leading-5">{key}</span>
                    <span className="block text-muted">{description}</span>
                  </Td>
                  <Td className="max-w-40 break-words py-2 pr-0 text-right align-top font-mono text-xs leading-5">
                    {fallback}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Part>
      )}
      {summary.contributes.length > 0 && (
        <Part title="Adds">
          <ul className="flex flex-wrap gap-1.5">
            {summary.contributes.map((line) => (
              <li key={line}>
                <Badge>{line}</Badge>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 overflow-x-auto">
      <h3 className="mb-1 font-medium">{title}</h3>
      {children}
    </section>
  )
}

function Capabilities({ capabilities }: { capabilities: Summary['capabilities'] }) {
  const { details } = capabilities
  return (
    <section aria-label="What it can reach" className="rounded-md border bg-sunken px-3 py-2.5">
      <p>{reachText(capabilities)}</p>
      {details.length > 0 && (
        <ul className="mt-1.5 text-muted text-sm">
          {details.map((detail) => (
            <li key={detail} className="break-words">
              {detail}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
