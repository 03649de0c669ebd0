import { countText } from '@tallyforge/core/format'
import { reachText } from '@tallyforge/core/plugins/reach'
import type { VersionDetail } from '../../trpc.ts'

type Summary = NonNullable<VersionDetail['summary']>

/** More than this stands under About. */
const shownCommands = 4

/** The manifest in a few lines: what to press or run once it is installed, and what the code can reach. */
export function HowToUse({ summary, onShowAll }: { summary: Summary; onShowAll: () => void }) {
  const { keybindings, settings, contributes, capabilities } = summary
  const commands = summary.commands.filter(({ isHidden }) => !isHidden)
  const keys = new Map(keybindings.map(({ command, key }) => [command, key]))
  const shown = commands.slice(0, shownCommands)
  const also = [
    ...(commands.length > shown.length ? [countText(commands.length - shown.length, 'more command')] : []),
    ...(settings.length > 0 ? [countText(settings.length, 'setting')] : []),
    ...contributes.slice(0, 3),
    ...(contributes.length > 3 ? [`${contributes.length - 3} more`] : []),
  ]
  return (
    <div className="mt-4 flex flex-col gap-4 text-sm">
      <section aria-label="How to use it">
        <h3 className="font-medium">How to use it</h3>
        {shown.length > 0 && (
          <>
            <p className="mt-0.5 text-muted">Open the Command Palette and run:</p>
            <ul className="mt-1.5 divide-y rounded-md border">
              {shown.map(({ command, title }) => (
                <li key={command} className="flex items-baseline justify-between gap-3 px-2.5 py-1.5">
                  <span dir="auto" className="min-w-0 break-words">
                    {title}
                  </span>
                  {keys.has(command) && (
                    <span className="shrink-0 font-mono text-muted text-xs">{keys.get(command)}</span>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {also.length > 0 && <p className="mt-1.5 break-words text-muted">{also.join(' · ')}</p>}
      </section>
      <section aria-label="What it can do">
        <h3 className="font-medium">What it can do</h3>
        <p className="mt-0.5 text-muted">{reachText(capabilities)}</p>
        <button
          type="button"
          onClick={onShowAll}
          className="mt-1 rounded-sm text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          Everything it declares
        </button>
      </section>
    </div>
  )
}
