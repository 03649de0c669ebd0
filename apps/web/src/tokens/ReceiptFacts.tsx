import { timeText } from '@tallyforge/core/format'
import { CopyButton } from '@tallyforge/ui/CopyButton'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useOrg } from '../frame/org.ts'
import type { Receipt } from '../trpc.ts'

/** What the call was, who made it and when; every id can be copied. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const { org, session } = useOrg()
  const { pluginId, generationId, createdBy, createdByName } = receipt
  return (
    <dl className="flex flex-col gap-1 text-sm">
      {pluginId && (
        <Fact label="Plugin" copy={{ text: pluginId, label: 'Copy plugin id' }}>
          <Link
            to="/$org/plugins/$plugin"
            params={{ org: org.slug, plugin: pluginId }}
            className="underline decoration-line-strong underline-offset-4 hover:decoration-accent"
          >
            <bdi>{receipt.pluginTitle ?? pluginId}</bdi>
          </Link>
        </Fact>
      )}
      {receipt.model && (
        <Fact label="Model" copy={{ text: receipt.model, label: 'Copy model' }}>
          {receipt.model}
        </Fact>
      )}
      {receipt.priceBook && (
        <Fact label="Price book" copy={{ text: receipt.priceBook, label: 'Copy price book' }}>
          {receipt.priceBook}
        </Fact>
      )}
      <Fact label="Who" copy={{ text: createdBy, label: 'Copy person id' }}>
        <bdi>{createdByName ?? 'A former member'}</bdi>
        {createdBy === session.user.id && ' (you)'}
      </Fact>
      <Fact label="Held at">{timeText(receipt.createdAt)}</Fact>
      <Fact label="Closed at">{receipt.closedAt ? timeText(receipt.closedAt) : 'Not yet'}</Fact>
      {generationId && <IdFact label="Generation" id={generationId} />}
      <IdFact label="Hold" id={receipt.holdId} />
    </dl>
  )
}

function IdFact({ label, id }: { label: string; id: string }) {
  return (
    <Fact label={label} copy={{ text: id, label: `Copy ${label.toLowerCase()} id` }}>
      <span className="font-mono text-xs">{id}</span>
    </Fact>
  )
}

type FactProps = { label: string; copy?: { text: string; label: string }; children: ReactNode }

function Fact({ label, copy, children }: FactProps) {
  return (
    <div className="flex min-h-7 items-center">
      <dt className="mr-5 shrink-0 text-muted">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-end gap-1">
        <span className="min-w-0 truncate">{children}</span>
        {/* What has nothing to copy ends on the same line as what has. */}
        {copy ? <CopyButton {...copy} /> : <span className="w-7 shrink-0 pointer-coarse:w-10" />}
      </dd>
    </div>
  )
}
