import { Skeleton } from '@tallyforge/ui/Skeleton'

/** The frame before we know who is signed in. */
export function FrameSkeleton() {
  return (
    <div className="flex h-dvh" aria-busy="true">
      <p className="sr-only" role="status">
        Loading
      </p>
      <div className="hidden w-[220px] flex-col gap-3 border-r bg-sunken p-4 md:flex">
        <Skeleton className="h-5 w-32" />
        <Skeleton className="mt-4 h-4 w-24" />
        <Skeleton className="h-4 w-20" />
      </div>
      <div className="mx-auto w-full max-w-[1200px] p-4 md:p-8">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="mt-2 h-4 w-72" />
      </div>
    </div>
  )
}
