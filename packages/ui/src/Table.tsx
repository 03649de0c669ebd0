import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** Tables run edge to edge; one-pixel lines, no zebra. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table {...rest} className={cn('w-full border-collapse text-left text-sm', className)} />
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn('h-9 whitespace-nowrap border-b px-3 font-normal text-faint', className)}
    />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cn('h-11 border-b px-3', className)} />
}
