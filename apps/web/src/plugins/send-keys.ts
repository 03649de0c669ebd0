import type { KeyboardEvent } from 'react'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** How the keys that send are written on this machine. */
export const sendKeys = isMac ? '⌘ Enter' : 'Ctrl Enter'

/** Sends on Ctrl-Enter or Cmd-Enter, but not in the middle of composing a character. */
export function sendsOn(send: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
}
