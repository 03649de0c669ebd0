import { useState } from 'react'
import { trpc } from '../trpc.ts'
import { useLastSeen } from './last-seen.ts'
import { endedInput, firstStepsInput, firstStepsKey, type ListChoice, listInput } from './list-input.ts'

/**
 * Whether the dashboard has had its first answers: until then it does not show what the others would push down. What comes
 * later, such as another list, waits for nothing.
 */
export function useHasFirstAnswers(orgId: string, choice: ListChoice): boolean {
  const [had, setHad] = useState(false)
  const { since } = useLastSeen(orgId)
  const list = trpc.plugins.list.useInfiniteQuery(listInput(orgId, choice), {
    enabled: !had,
    getNextPageParam: (page) => page.nextCursor,
  })
  const firstSteps = trpc.plugins.list.useQuery(firstStepsInput(orgId), {
    enabled: !had && localStorage.getItem(firstStepsKey(orgId)) === null,
  })
  const ended = trpc.plugins.ended.useQuery(endedInput(orgId, since ?? ''), {
    enabled: !had && since !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const has = had || !(list.isLoading || firstSteps.isLoading || ended.isLoading)
  if (has && !had) setHad(true)
  return has
}
