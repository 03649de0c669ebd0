import { readError } from '@tallyforge/client/errors'
import { Badge } from '@tallyforge/ui/Badge'
import { Button } from '@tallyforge/ui/Button'
import { List, ListRow } from '@tallyforge/ui/List'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Globe, Terminal } from 'lucide-react'
import { toast } from 'sonner'
import { LoadError } from '../frame/LoadError.tsx'
import { trpc } from '../trpc.ts'

/** Where this person is signed in, and the way to end it. */
export function SessionList() {
  const utils = trpc.useUtils()
  const sessions = trpc.auth.sessions.useQuery()
  const revoke = trpc.auth.revokeSession.useMutation({
    onSuccess: () => {
      toast('The session has ended')
      void utils.auth.sessions.invalidate()
    },
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  if (sessions.isError) {
    return <LoadError error={sessions.error} onRetry={() => void sessions.refetch()} what="your sessions" />
  }
  if (!sessions.data) return <Skeleton className="h-12 w-full" />
  return (
    <List>
      {sessions.data.map(({ id, kind, label, createdAt, isCurrent }) => {
        const Icon = kind === 'device' ? Terminal : Globe
        return (
          <ListRow key={id}>
            <Icon size={16} className="shrink-0 text-faint" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate" dir="auto" title={label ?? undefined}>
                {label ?? 'A browser'}
              </span>
              <span className="block text-muted text-sm">
                Since <RelativeTime at={createdAt} />
              </span>
            </span>
            {isCurrent ? (
              <Badge>This one</Badge>
            ) : (
              <Button
                size="sm"
                isBusy={revoke.isPending && revoke.variables.sessionId === id}
                onClick={() => revoke.mutate({ sessionId: id })}
              >
                End
              </Button>
            )}
          </ListRow>
        )
      })}
    </List>
  )
}
