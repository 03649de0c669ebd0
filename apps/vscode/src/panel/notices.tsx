import { readError } from '@tallyforge/client/errors'
import { cn } from '@tallyforge/ui/cn'
import { IconButton } from '@tallyforge/ui/IconButton'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'

type Notice = {
  id: number
  tone: 'good' | 'bad'
  text: string
  action?: { label: string; run: () => void }
}

let current: Notice | null = null
let lastId = 0
const listeners = new Set<() => void>()

function show(next: Notice | null) {
  current = next
  for (const listener of listeners) listener()
}

/** Says what was done, or why it was not, where the person is. One at a time: the newest counts. */
export const notify = {
  done: (text: string, action?: Notice['action']) =>
    show({ id: ++lastId, tone: 'good', text, ...(action ? { action } : {}) }),
  failed: (error: unknown) => show({ id: ++lastId, tone: 'bad', text: readError(error).message }),
  /** What was said is of no use any more. */
  clear: () => show(null),
}

const shownMs = 8_000

export function Notices() {
  const notice = useSyncExternalStore(subscribe, () => current)
  useEffect(() => {
    // A failure stays until it is read.
    if (notice === null || notice.tone === 'bad') return
    const timer = setTimeout(() => show(null), shownMs)
    return () => clearTimeout(timer)
  }, [notice])
  const Icon = notice?.tone === 'bad' ? CircleAlert : CircleCheck
  return (
    <div role="status" aria-live="polite">
      {notice && (
        <div
          key={notice.id}
          className={cn(
            'flex items-start gap-2 border-b px-3 py-1.5',
            notice.tone === 'bad' ? 'bg-bad-soft' : 'bg-good-soft',
          )}
        >
          <Icon
            size={14}
            aria-hidden
            className={cn('mt-0.5 shrink-0', notice.tone === 'bad' ? 'text-bad' : 'text-good')}
          />
          <span className="min-w-0 flex-1 break-words">{notice.text}</span>
          {notice.action && (
            <button
              type="button"
              className="shrink-0 rounded-sm text-accent-ink underline-offset-2 hover:underline"
              onClick={() => {
                notice.action?.run()
                show(null)
              }}
            >
              {notice.action.label}
            </button>
          )}
          <IconButton label="Dismiss" className="-my-0.5 size-5" onClick={() => show(null)}>
            <X size={12} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  )
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
