import { useSyncExternalStore } from 'react'

const key = 'rail-collapsed'
const changed = 'tallyforge:rail'

const read = () => localStorage.getItem(key) !== null

function subscribe(listener: () => void) {
  window.addEventListener(changed, listener)
  return () => window.removeEventListener(changed, listener)
}

/** Whether the rail shows icons only. Kept on this device. */
export const useIsRailCollapsed = () => useSyncExternalStore(subscribe, read)

export function toggleRail() {
  if (read()) localStorage.removeItem(key)
  else localStorage.setItem(key, '1')
  window.dispatchEvent(new Event(changed))
}
