import { useCallback, useState } from 'react'
import type { Act } from '../bridge/protocol.ts'
import { notify } from './notices.tsx'
import { usePanel } from './panel.tsx'

/** Asks the host to do something. `busy` is the act that is under way; a failure is said in the panel. */
export function useAct() {
  const { bridge } = usePanel()
  const [busy, setBusy] = useState<Act['name'] | null>(null)
  const act = useCallback(
    (next: Act) => {
      setBusy(next.name)
      void bridge
        .act(next)
        .catch(notify.failed)
        .finally(() => setBusy(null))
    },
    [bridge],
  )
  return { act, busy }
}
