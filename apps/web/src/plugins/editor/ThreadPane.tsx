import { Button } from '@tallyforge/ui/Button'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useStickyEnd } from '@tallyforge/ui/sticky-end'
import { useCallback } from 'react'
import { LoadError } from '../../frame/LoadError.tsx'
import { useLive } from '../LiveProvider.tsx'
import type { EditorParts } from './EditorLayout.tsx'
import { FollowUp } from './FollowUp.tsx'
import { ThreadItem } from './ThreadItem.tsx'

/** The prompts and what the model said to them, oldest first, and the place for the next one. */
export function ThreadPane({ editor, show, form, aim, input }: EditorParts) {
  const { generations, thread, canWrite } = editor
  const newest = thread?.[0]?.id
  const spoken = useLive((all) => (newest ? all[newest]?.prose.length : undefined))
  const kept = useLive((all) => (newest ? all[newest]?.kept.length : undefined))
  const box = useStickyEnd(newest, [spoken, kept, thread?.[0]?.state])
  const showVersion = useCallback((version: string) => show({ version }), [show])
  return (
    <>
      <div ref={box} className="relative min-h-0 flex-1 overflow-y-auto px-4 py-4">
        {generations.hasNextPage && (
          <div className="mb-4 flex justify-center">
            <Button
              size="sm"
              isBusy={generations.isFetchingNextPage}
              onClick={() => void generations.fetchNextPage()}
            >
              Show earlier prompts
            </Button>
          </div>
        )}
        {generations.isError && !thread && (
          <LoadError
            error={generations.error}
            onRetry={() => void generations.refetch()}
            what="the prompts"
          />
        )}
        {!thread && !generations.isError && <Skeleton className="h-20 w-full" />}
        {thread?.length === 0 && (
          <p className="text-muted text-sm">
            No prompts here: this plugin began as a copy. Say below what should change.
          </p>
        )}
        <ol className="flex flex-col gap-7">
          {thread?.toReversed().map((generation) => (
            <ThreadItem
              key={generation.id}
              generation={generation}
              isNewest={generation.id === newest}
              onShow={showVersion}
            />
          ))}
        </ol>
      </div>
      {canWrite && <FollowUp form={form} input={input} isRunning={editor.running !== null} aim={aim} />}
    </>
  )
}
