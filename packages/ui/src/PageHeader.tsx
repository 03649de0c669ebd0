import type { ReactNode } from 'react'

/** The top of a page: title, one line of context, the primary action at the right. */
export function PageHeader({
  title,
  context,
  action,
}: {
  title: ReactNode
  context?: ReactNode
  action?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {context && <p className="mt-0.5 text-muted">{context}</p>}
      </div>
      {action && <div className="flex items-center gap-2">{action}</div>}
    </header>
  )
}
