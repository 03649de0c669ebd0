import type { VersionDetail } from '@tallyforge/client/outputs'
import { reachText } from '@tallyforge/core/plugins/reach'
import { Button } from '@tallyforge/ui/Button'
import { Check, Download, ExternalLink, FolderInput, FolderOpen, Trash2 } from 'lucide-react'
import { useAct } from '../act.ts'
import { useOrg } from '../panel.tsx'

/** What can be done with a version that is ready. What its code can reach is said before it is installed. */
export function Installation({ version }: { version: VersionDetail }) {
  const { host, org } = useOrg()
  const { act, busy } = useAct()
  const { id: versionId, pluginId, number } = version
  const installed = host.installed[pluginId]
  const isInstalled = installed?.versionId === versionId
  const applyProblem = applyProblemOf(host)
  return (
    <div className="mt-2 flex flex-col gap-2">
      {version.summary && <p className="text-muted text-xs">{reachText(version.summary.capabilities)}</p>}
      {isInstalled ? (
        <p role="status" className="flex items-center gap-1.5 text-good">
          <Check size={14} aria-hidden />
          Version {number} is installed in this VS Code
        </p>
      ) : (
        <Button
          variant="primary"
          size="sm"
          className="w-full"
          disabled={!host.isTrusted}
          isBusy={busy === 'install'}
          onClick={() => act({ name: 'install', pluginId, versionId })}
        >
          <Download size={14} aria-hidden />
          {installWords(installed?.number, number)}
        </Button>
      )}
      {!host.isTrusted && (
        <p className="text-muted text-xs">
          This workspace is restricted: trust it to install plugins and to write into its folders.
        </p>
      )}
      {installed && !isInstalled && (
        <p className="text-muted text-xs">Version {installed.number} is installed in this VS Code.</p>
      )}
      <div className="grid grid-cols-2 gap-2">
        <Button
          size="sm"
          isBusy={busy === 'openWorkspace'}
          onClick={() => act({ name: 'openWorkspace', pluginId, versionId })}
        >
          <FolderOpen size={14} aria-hidden />
          Open files
        </Button>
        <Button
          size="sm"
          disabled={applyProblem !== null}
          title={applyProblem ?? undefined}
          isBusy={busy === 'apply'}
          onClick={() => act({ name: 'apply', pluginId, versionId })}
        >
          <FolderInput size={14} aria-hidden />
          Apply to folder
        </Button>
        <Button
          size="sm"
          onClick={() =>
            act({ name: 'openDashboard', path: `/${org.slug}/plugins/${pluginId}?version=${versionId}` })
          }
        >
          <ExternalLink size={14} aria-hidden />
          Download
        </Button>
        {installed && (
          <Button
            size="sm"
            variant="danger"
            isBusy={busy === 'uninstall'}
            onClick={() => act({ name: 'uninstall', pluginId })}
          >
            <Trash2 size={14} aria-hidden />
            Uninstall
          </Button>
        )}
      </div>
      {applyProblem !== null && host.isTrusted && <p className="text-muted text-xs">{applyProblem}</p>}
    </div>
  )
}

function installWords(installed: number | undefined, number: number): string {
  if (installed === undefined) return 'Install in VS Code'
  return installed < number ? `Update to version ${number}` : `Install version ${number} instead`
}

/** Why its files cannot be written into a folder here; null when they can. */
function applyProblemOf({
  isTrusted,
  folders,
}: {
  isTrusted: boolean
  folders: readonly { isWritable: boolean }[]
}): string | null {
  if (!isTrusted) return 'This workspace is restricted.'
  if (folders.length === 0) return 'Open a folder to apply the files to it.'
  return folders.some(({ isWritable }) => isWritable) ? null : 'The open folder cannot be written to.'
}
