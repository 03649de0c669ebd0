import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** One look for everything that takes text. */
export const inputStyles =
  'w-full rounded-md border border-line-strong bg-surface px-3 text-ink transition-colors hover:border-faint focus:border-focus focus:outline-2 focus:outline-focus/30 focus:outline-offset-0 aria-invalid:border-bad disabled:bg-sunken disabled:text-faint'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  // 16 px on touch screens: a smaller size makes iOS zoom into the field.
  return (
    <input
      dir="auto"
      {...rest}
      className={cn(inputStyles, 'h-9 text-base pointer-coarse:text-lg', className)}
    />
  )
}
