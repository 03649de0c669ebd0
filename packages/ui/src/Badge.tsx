import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

const badgeStyles = cva(
  'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain: 'border-line bg-sunken text-muted',
        good: 'border-transparent bg-good-soft text-good',
        warn: 'border-transparent bg-warn-soft text-warn',
        bad: 'border-transparent bg-bad-soft text-bad',
        live: 'border-transparent bg-accent-soft text-accent-ink',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
)

export type Tone = NonNullable<VariantProps<typeof badgeStyles>['tone']>

/** A short state. Color never stands alone: give it a word, better an icon too. */
export function Badge({
  tone,
  className,
  children,
}: {
  tone?: Tone
  className?: string
  children: ReactNode
}) {
  return <span className={cn(badgeStyles({ tone }), className)}>{children}</span>
}
