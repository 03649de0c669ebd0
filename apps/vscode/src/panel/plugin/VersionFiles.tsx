import type { VersionDetail } from '@tallyforge/client/outputs'
import { countText } from '@tallyforge/core/format'
import { FileCode } from 'lucide-react'
import { useAct } from '../act.ts'
import { Section } from './Section.tsx'

/** The files of a version: each opens in the editor, to be read. */
export function VersionFiles({ version }: { version: VersionDetail }) {
  const { act } = useAct()
  return (
    <Section title="Files" aside={countText(version.files.length, 'file')}>
      <ul aria-label="Files" className="-mx-3">
        {version.files.map(({ path, text }) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => act({ name: 'openFile', versionId: version.id, path })}
              className="flex h-6 w-full items-center gap-1.5 px-3 text-left -outline-offset-2 hover:bg-hover"
            >
              <FileCode size={12} className="shrink-0 text-muted" aria-hidden />
              <span title={path} className="min-w-0 flex-1 truncate font-mono text-xs">
                {path}
              </span>
              <span className="shrink-0 text-faint text-xs tabular-nums">
                {countText(text.split('\n').length, 'line')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
