import { cn } from './cn.tsx'

/** Stands where content will be, in its size. Wrap a group of them in {@link Loading}. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-selected', className)} />
}
