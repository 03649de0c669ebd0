import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** Rows between one-pixel lines: what a table becomes on a narrow screen, and what needs no columns. */
export function List({ className, ...rest }: ComponentProps<'ul'>) {
  return <ul {...rest} className={cn('divide-y border-y', className)} />
}

/** One row. `group relative` lets a link inside cover all of it with `after:absolute after:inset-0`. */
export function ListRow({ className, ...rest }: ComponentProps<'li'>) {
  return (
    <li
      {...rest}
      className={cn('group relative flex items-center gap-3 px-2 py-2.5 transition-colors', className)}
    />
  )
}
