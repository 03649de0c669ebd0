import { useEffect, useRef } from 'react'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'

/** The live stream tells when the balance changes: then this month and the history have changed too. */
export function useFollowBalance() {
  const { org } = useOrg()
  const { tokens } = trpc.useUtils()
  const balance = trpc.tokens.balance.useQuery({ orgId: org.id }).data?.balance
  const known = useRef(balance)
  useEffect(() => {
    // The first balance is of the same moment as the rest of the page.
    const isNew = known.current !== undefined && known.current !== balance
    known.current = balance
    if (!isNew) return
    void tokens.burnDown.invalidate({ orgId: org.id })
    void tokens.history.invalidate({ orgId: org.id })
  }, [balance, tokens, org.id])
}
