import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

const tones = {
  plain: { box: 'bg-sunken border-line', icon: 'text-muted', Icon: Info },
  good: { box: 'bg-good-soft border-transparent', icon: 'text-good', Icon: CircleCheck },
  warn: { box: 'bg-warn-soft border-transparent', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-bad-soft border-transparent', icon: 'text-bad', Icon: CircleAlert },
} as const

type CalloutProps = {
  tone?: keyof typeof tones
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  role?: 'alert' | 'status'
  className?: string
}

/** Something to know or to do, in the flow of the page. */
export function Callout({ tone = 'plain', title, children, action, role, className }: CalloutProps) {
  const { box, icon, Icon } = tones[tone]
  return (
    <div role={role} className={cn('flex items-start gap-2.5 rounded-md border px-3 py-2.5', box, className)}>
      <Icon size={16} className={cn('mt-[3px] shrink-0', icon)} aria-hidden />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="text-muted [&_code]:text-ink">{children}</div>}
        {action && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}
