import type { VersionDetail } from '@tallyforge/client/outputs'
import { Section } from './Section.tsx'

type Summary = NonNullable<VersionDetail['summary']>

/** The manifest in a few lines: what to press or run once it is installed, and what the code can reach. */
export function HowToUse({ summary }: { summary: Summary }) {
  const { keybindings, settings, contributes, capabilities } = summary
  const commands = summary.commands.filter(({ isHidden }) => !isHidden)
  const keys = new Map(keybindings.map(({ command, key }) => [command, key]))
  return (
    <Section title="How to use it" isOpen>
      <div className="flex flex-col gap-2">
        {commands.length > 0 && (
          <>
            <p className="text-muted text-xs">Open the Command Palette and run:</p>
            <ul aria-label="Commands">
              {commands.map(({ command, title }) => (
                <li key={command} className="flex items-baseline justify-between gap-3 py-0.5">
                  <bdi className="min-w-0 break-words">{title}</bdi>
                  {keys.has(command) && (
                    <kbd className="shrink-0 font-mono text-muted text-xs">{keys.get(command)}</kbd>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {settings.length > 0 && (
          <ul aria-label="Settings">
            {settings.map(({ key, description }) => (
              <li key={key} className="py-0.5">
                <span className="block break-all font-mono text-xs">{key}</span>
                <span className="text-muted text-xs">{description}</span>
              </li>
            ))}
          </ul>
        )}
        {contributes.length > 0 && (
          <p className="break-words text-muted text-xs">{contributes.join(' · ')}</p>
        )}
        {capabilities.details.length > 0 && (
          <div>
            <p className="text-muted text-xs">Its code calls:</p>
            <ul aria-label="What its code calls" className="break-words font-mono text-muted text-xs">
              {capabilities.details.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Section>
  )
}
