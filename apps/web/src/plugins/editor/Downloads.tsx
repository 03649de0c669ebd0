import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { CodeBlock } from '@tallyforge/ui/CodeBlock'
import { Download, FileArchive } from 'lucide-react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { trpc, type Version } from '../../trpc.ts'
import { noteDownload } from '../downloaded.ts'

/** The two files of a ready version, and how to install the one. */
export function Downloads({ version }: { version: Version }) {
  return (
    <>
      <DownloadButtons version={version} />
      <p className="mt-3 text-muted text-sm">
        In VS Code, open the Extensions view, choose “Install from VSIX…” in its menu and pick the file. Or,
        in a terminal, in the folder of the download:
      </p>
      <CodeBlock
        code={`code --install-extension ${version.fileName}`}
        label="Copy the command"
        className="mt-1.5"
      />
    </>
  )
}

export function DownloadButtons({ version }: { version: Version }) {
  const { org } = useOrg()
  const link = trpc.plugins.download.useMutation({
    onSuccess: ({ url, fileName }) => {
      startDownload(url, fileName)
      noteDownload(org.id)
    },
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  const fetchFile = (kind: 'vsix' | 'sources') => link.mutate({ orgId: org.id, versionId: version.id, kind })
  const busyWith = link.isPending ? link.variables.kind : null
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button
        variant="primary"
        className="flex-1"
        isBusy={busyWith === 'vsix'}
        onClick={() => fetchFile('vsix')}
      >
        <Download size={14} aria-hidden />
        Download .vsix
      </Button>
      <Button
        aria-label="Download sources"
        isBusy={busyWith === 'sources'}
        onClick={() => fetchFile('sources')}
      >
        <FileArchive size={14} aria-hidden />
        Sources
      </Button>
    </div>
  )
}

function startDownload(url: string, fileName: string) {
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = fileName
  anchor.click()
}
