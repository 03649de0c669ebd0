import { useLayoutEffect, useRef } from 'react'

/** Nearer to the end than this counts as being there. Pixels. */
const endMargin = 48

/** Keeps the end of a pane in sight as long as the person is there. Something new always leads to it. */
export function useStickyEnd(newest: string | undefined, grows: readonly unknown[]) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const last = useRef(newest)
  useLayoutEffect(() => {
    const pane = box.current
    if (pane === null) return
    const look = () => {
      isAtEnd.current = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - endMargin
    }
    pane.addEventListener('scroll', look, { passive: true })
    return () => pane.removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    const isNew = last.current !== newest
    last.current = newest
    if (box.current !== null && (isNew || isAtEnd.current)) box.current.scrollTop = box.current.scrollHeight
  }, [newest, ...grows])
  return box
}
