import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useState } from 'react'
import { LoadError } from '../frame/LoadError.tsx'
import { Dialog } from '../frame/late-controls.tsx'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import { ReceiptDetail } from './ReceiptDetail.tsx'

/** The receipt that the address names, beside the page. */
export function ReceiptSheet({ holdId, onClose }: { holdId: string | undefined; onClose: () => void }) {
  // While the sheet slides out it keeps showing what it showed.
  const [shown, setShown] = useState(holdId)
  if (holdId && holdId !== shown) setShown(holdId)
  return (
    <Dialog isOpen={holdId !== undefined} onClose={onClose} title="Receipt" shape="sheet">
      {shown && <Content holdId={shown} />}
    </Dialog>
  )
}

function Content({ holdId }: { holdId: string }) {
  const { org } = useOrg()
  const query = trpc.tokens.receipt.useQuery({ orgId: org.id, holdId })
  if (query.data) return <ReceiptDetail receipt={query.data} />
  if (query.isError) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} what="the receipt" />
  }
  return (
    <div className="flex flex-col gap-3" aria-busy>
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-32 w-full" />
    </div>
  )
}
