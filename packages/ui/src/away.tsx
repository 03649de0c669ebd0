import { useEffect, useState } from 'react'

/** Shorter gaps mend themselves unseen, and a first connection may take its time. In milliseconds. */
const patience = { open: null, lost: 2_000, connecting: 6_000 }

/** Whether a stream has been away for longer than a person would not notice. */
export function useIsAway(connection: keyof typeof patience): boolean {
  const wait = patience[connection]
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (wait === null) {
      setAway(false)
      return
    }
    const timer = setTimeout(() => setAway(true), wait)
    return () => clearTimeout(timer)
  }, [wait])
  return isAway
}
