import { useEffect, useSyncExternalStore } from 'react'

/** A tab that was left for less than this was not left. */
const absenceMs = 30_000
const noteEveryMs = 15_000

const keyOf = (orgId: string) => `seen:${orgId}`
const note = (orgId: string) => localStorage.setItem(keyOf(orgId), new Date().toISOString())

/** Until when somebody looked before they came back, by org: taken when they come, because from then on they are here. */
const before = new Map<string, string | null>()
const listeners = new Set<() => void>()

/** When somebody last looked at this organization before this page was loaded; null on a first visit. */
export function seenBefore(orgId: string): string | null {
  const known = before.get(orgId)
  if (known !== undefined) return known
  const stored = localStorage.getItem(keyOf(orgId))
  before.set(orgId, stored)
  return stored
}

function change(orgId: string, since: string | null) {
  before.set(orgId, since)
  for (const listener of listeners) listener()
}

/** Notes that somebody looks at this organization, whichever page they are on, for as long as the tab is in sight. */
export function useNoteSeen(orgId: string): void {
  useEffect(() => {
    const turn = () => {
      const last = localStorage.getItem(keyOf(orgId))
      const isBack = document.visibilityState === 'visible'
      if (isBack && last !== null && Date.now() - Date.parse(last) > absenceMs) change(orgId, last)
      note(orgId)
    }
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') note(orgId)
    }, noteEveryMs)
    seenBefore(orgId)
    note(orgId)
    document.addEventListener('visibilitychange', turn)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', turn)
    }
  }, [orgId])
}

/** Until when somebody last looked at this organization here, before they came back; null on a first visit. */
export function useLastSeen(orgId: string): { since: string | null; forget: () => void } {
  const since = useSyncExternalStore(subscribe, () => seenBefore(orgId))
  return { since, forget: () => change(orgId, null) }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
