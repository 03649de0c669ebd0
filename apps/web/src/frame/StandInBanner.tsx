import { CopyButton } from '@tallyforge/ui/CopyButton'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Info, X } from 'lucide-react'
import { useState } from 'react'
import { trpc } from '../trpc.ts'

const dismissedKey = 'stand-in-dismissed'
const command = 'OPENROUTER_API_KEY=… npx pnpm dev'

/** Says plainly that no AI model is connected. Dismissed for this tab only. */
export function StandInBanner() {
  const { data } = trpc.models.list.useQuery(undefined, { staleTime: 300_000 })
  const [isDismissed, setDismissed] = useState(() => sessionStorage.getItem(dismissedKey) !== null)
  const isStandIn = data?.models.find(({ id }) => id === data.defaultModel)?.isStandIn ?? false
  if (!isStandIn || isDismissed) return null
  const dismiss = () => {
    sessionStorage.setItem(dismissedKey, '1')
    setDismissed(true)
  }
  return (
    <aside
      aria-label="About the model"
      className="flex shrink-0 items-center gap-2 border-b bg-warn-soft py-1 pr-1 pl-4 text-sm"
    >
      <Info size={14} className="shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1">
        Plugins are written by the template writer, not an AI model. To connect one, stop the server and start
        it with your key: <code className="whitespace-nowrap font-mono text-xs">{command}</code>
      </p>
      <CopyButton text={command} label="Copy the command" />
      <IconButton label="Hide this note" onClick={dismiss}>
        <X size={14} aria-hidden />
      </IconButton>
    </aside>
  )
}
