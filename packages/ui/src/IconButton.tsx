import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'
import { Tooltip } from './Tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; children: ReactNode }

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cn(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:text-faint pointer-coarse:size-10',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  )
}
