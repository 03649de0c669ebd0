import { useSyncExternalStore } from 'react'

const missing = new Set<unknown>()
const listeners = new Set<() => void>()

/** Remembers every part of our own code that did not come: a newer release has taken its place, or the server was away. */
export function noteMissingCode() {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    missing.add(payload)
    for (const listener of listeners) listener()
  })
}

/** Whether a page failed because its code did not come. The browser never asks twice: only a reload helps. */
export const isMissingCode = (error: unknown) => missing.has(error)

/** Whether any part of the page is missing, also one that the page can be used without. */
export function useIsCodeMissing(): boolean {
  return useSyncExternalStore(subscribe, () => missing.size > 0)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
