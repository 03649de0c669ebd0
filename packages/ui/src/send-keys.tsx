import type { KeyboardEvent } from 'react'

/** Sends on Ctrl-Enter or Cmd-Enter, but not in the middle of composing a character. */
export function sendsOn(send: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
}
