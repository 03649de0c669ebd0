import type { Receipt } from '@tallyforge/client/outputs'
import { durationText, timeText, tokensText } from '@tallyforge/core/format'
import { formatTokens } from '@tallyforge/core/money'
import { meterWords, receiptWords } from '@tallyforge/core/tokens/words'
import { Callout } from '@tallyforge/ui/Callout'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Copy, ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Route } from '../../bridge/protocol.ts'
import { useAct } from '../act.ts'
import { LoadError } from '../frame/LoadError.tsx'
import { ViewHeader } from '../frame/ViewHeader.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

/** One call from its hold to its end, line by line. */
export function ReceiptView({ holdId, from }: { holdId: string; from: Route }) {
  const { org } = useOrg()
  const { act } = useAct()
  const query = trpc.tokens.receipt.useQuery({ orgId: org.id, holdId })
  return (
    <>
      <ViewHeader title="Receipt" back={from}>
        <IconButton
          label="Open the receipt in the dashboard"
          onClick={() => act({ name: 'openDashboard', path: `/${org.slug}/tokens?receipt=${holdId}` })}
        >
          <ExternalLink size={14} aria-hidden />
        </IconButton>
      </ViewHeader>
      <main className="min-h-0 flex-1 overflow-y-auto px-3 py-3">
        {query.data && <Detail receipt={query.data} />}
        {query.isError && !query.data && (
          <LoadError error={query.error} what="the receipt" onRetry={() => void query.refetch()} />
        )}
        {query.isPending && <Skeleton className="h-40 w-full" />}
      </main>
    </>
  )
}

function Detail({ receipt }: { receipt: Receipt }) {
  const { charged, borne, lines, calls } = receipt
  const unpaid = lines.reduce((sum, { amount }) => sum + amount, 0n) - charged - borne
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-muted text-xs">{receiptWords[receipt.state]}</p>
        <p className="font-semibold text-2xl tabular-nums">{tokensText(charged)}</p>
      </div>
      <dl>
        <Line label="Held" value={formatTokens(receipt.held)} />
        <Line label="Used" value={`${charged > 0n ? '−' : ''}${formatTokens(charged)}`} />
        <Line label="Returned" value={formatTokens(receipt.returned)} isTotal />
      </dl>
      {borne > 0n && (
        <Callout title="You were not charged">
          The result was not ready. The {tokensText(borne)} that the model used are on us.
        </Callout>
      )}
      {lines.length > 0 && (
        <Part title="How it was counted">
          <dl>
            {lines.map(({ meter, tokens, unitPrice, amount }) => (
              <Line
                key={meter}
                label={
                  <>
                    {meterWords[meter]}
                    <span className="block text-xs tabular-nums">
                      {tokens.toLocaleString('en-US')} model tokens × {formatTokens(unitPrice)}
                    </span>
                  </>
                }
                value={formatTokens(amount)}
              />
            ))}
            {borne > 0n && <Line label="Borne by us" value={formatTokens(-borne)} />}
            {unpaid > 0n && <Line label="Beyond what was held: not charged" value={formatTokens(-unpaid)} />}
            <Line label="Used" value={formatTokens(charged)} isTotal />
          </dl>
          {receipt.isEstimated && (
            <p className="mt-1 text-faint text-xs">
              The provider reported no usage: counted by us at four characters for each model token.
            </p>
          )}
        </Part>
      )}
      {calls.length > 1 && (
        <Part title="Calls to the model">
          <dl>
            {calls.map((call) => (
              <Line
                key={call.attempt}
                label={
                  <>
                    {call.attempt === 1 ? 'First' : `Repair ${call.attempt - 1}`}
                    <span className="block text-xs tabular-nums">
                      {call.inputTokens.toLocaleString('en-US')} in,{' '}
                      {call.outputTokens.toLocaleString('en-US')} out, {durationText(call.durationMs)}
                    </span>
                  </>
                }
                value={formatTokens(call.cost)}
              />
            ))}
          </dl>
        </Part>
      )}
      <Facts receipt={receipt} />
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="font-semibold text-xs">{title}</h2>
      {children}
    </section>
  )
}

function Line({ label, value, isTotal = false }: { label: ReactNode; value: string; isTotal?: boolean }) {
  return (
    <div
      className={`flex items-baseline justify-between gap-3 py-1 ${isTotal ? 'border-t font-semibold' : 'text-muted'}`}
    >
      <dt className="min-w-0">{label}</dt>
      <dd className="shrink-0 text-ink tabular-nums">{value}</dd>
    </div>
  )
}

/** What the call was, who made it and when. */
function Facts({ receipt }: { receipt: Receipt }) {
  const { user } = useOrg()
  const { go } = useRoute()
  const { act } = useAct()
  const { pluginId, pluginTitle, createdBy, createdByName, closedAt, holdId } = receipt
  return (
    <dl className="flex flex-col gap-0.5">
      {pluginId && (
        <Fact label="Plugin">
          <button
            type="button"
            onClick={() => go({ name: 'plugin', pluginId })}
            className="max-w-full truncate rounded-sm text-accent-ink underline-offset-2 hover:underline"
          >
            <bdi>{pluginTitle ?? pluginId}</bdi>
          </button>
        </Fact>
      )}
      {receipt.model && <Fact label="Model">{receipt.model}</Fact>}
      {receipt.priceBook && <Fact label="Price book">{receipt.priceBook}</Fact>}
      <Fact label="Who">
        <bdi>{createdByName ?? 'A former member'}</bdi>
        {createdBy === user.id && ' (you)'}
      </Fact>
      <Fact label="Held at">{timeText(receipt.createdAt)}</Fact>
      <Fact label="Closed at">{closedAt ? timeText(closedAt) : 'Not yet'}</Fact>
      <Fact label="Hold">
        <span className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 truncate font-mono text-xs">{holdId}</span>
          <IconButton
            label="Copy hold id"
            className="size-5"
            onClick={() => act({ name: 'copy', text: holdId })}
          >
            <Copy size={12} aria-hidden />
          </IconButton>
        </span>
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-3">
      <dt className="w-20 shrink-0 text-muted text-xs">{label}</dt>
      <dd className="min-w-0 flex-1 truncate">{children}</dd>
    </div>
  )
}
