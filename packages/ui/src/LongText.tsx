import { useState } from 'react'
import { cn } from './cn.tsx'

/** Text of a person; more than a few lines are folded. */
export function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false)
  const isLong = text.length > 320 || text.split('\n').length > 6
  return (
    <>
      <p className={cn('whitespace-pre-wrap break-words text-sm', isLong && !isOpen && 'line-clamp-5')}>
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mt-1 rounded-sm text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {isOpen ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  )
}
