import { formatTokens } from '@tallyforge/core/money'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Coins } from 'lucide-react'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { AccountMenu } from './AccountMenu.tsx'

/** What can be spent, which leads to the tokens; and who is signed in. */
export function HomeBar() {
  const { org } = useOrg()
  const { go } = useRoute()
  const { data: balance, isError } = trpc.tokens.balance.useQuery({ orgId: org.id })
  return (
    <header className="flex h-9 shrink-0 items-center gap-1 border-b pr-2 pl-1">
      <h1 className="sr-only">Plugins</h1>
      <button
        type="button"
        onClick={() => go({ name: 'tokens' })}
        className="flex h-7 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
      >
        <Coins size={14} className="shrink-0 text-muted" aria-hidden />
        {balance ? (
          <span className="truncate tabular-nums">
            {formatTokens(balance.available)} tokens
            {balance.held > 0n && <span className="text-muted"> · {formatTokens(balance.held)} held</span>}
          </span>
        ) : (
          <>
            <span className="sr-only">Tokens</span>
            {isError ? <span className="text-muted">Tokens</span> : <Skeleton className="h-3 w-24" />}
          </>
        )}
      </button>
      <AccountMenu />
    </header>
  )
}
