import { Progress as Base } from '@base-ui/react/progress'
import { cn } from './cn.tsx'

type ProgressProps = {
  label: string
  /** 0–1; null while nobody can say how far it is. */
  value: number | null
  /** What a screen reader says, such as "4 of 6 checks". */
  text?: string
  className?: string
}

/** How far something is, as one thin bar. Without a value it moves, and under reduced motion stands half full. */
export function Progress({ label, value, text, className }: ProgressProps) {
  return (
    <Base.Root
      aria-label={label}
      value={value === null ? null : Math.min(1, Math.max(0, value))}
      max={1}
      getAriaValueText={() => text ?? (value === null ? 'Under way' : `${Math.round(value * 100)} percent`)}
      className={cn('w-full', className)}
    >
      <Base.Track className="relative h-1 overflow-hidden rounded-full bg-selected">
        <Base.Indicator
          className={cn(
            'h-full rounded-full bg-progress transition-[width] duration-180 ease-out',
            value === null && 'w-1/3 animate-[tf-slide_1.6s_ease-in-out_infinite]',
          )}
        />
      </Base.Track>
    </Base.Root>
  )
}
