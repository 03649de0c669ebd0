import { Skeleton } from '@tallyforge/ui/Skeleton'

export function EditorSkeleton() {
  return (
    <div className="flex h-full flex-col" aria-busy="true">
      <p className="sr-only" role="status">
        Loading the plugin
      </p>
      <div className="flex h-12 items-center gap-3 border-b px-4">
        <Skeleton className="h-4 w-48" />
      </div>
      <div className="flex flex-1">
        <div className="flex w-[340px] flex-col gap-3 p-4 max-[1199px]:w-full">
          <Skeleton className="h-20 w-full" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-3/5" />
        </div>
        <div className="flex-1 border-x p-4 max-[1199px]:hidden">
          <Skeleton className="h-4 w-40" />
        </div>
        <div className="w-[320px] p-4 max-[1199px]:hidden">
          <Skeleton className="h-28 w-full" />
        </div>
      </div>
    </div>
  )
}
