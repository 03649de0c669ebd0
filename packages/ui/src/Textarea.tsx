import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'
import { inputStyles } from './Input.tsx'

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      {...rest}
      className={cn(inputStyles, 'resize-none py-2 text-base pointer-coarse:text-lg', className)}
    />
  )
}
