import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** The look of a button, also for links that act like one. */
export const buttonStyles = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-accent-line bg-accent text-on-accent hover:bg-accent-hover not-aria-busy:disabled:bg-selected not-aria-busy:disabled:text-faint',
        secondary: 'border-line-strong bg-surface text-ink hover:bg-hover disabled:text-faint',
        ghost: 'border-transparent text-muted hover:bg-hover hover:text-ink disabled:text-faint',
        danger: 'border-line-strong bg-surface text-bad hover:bg-bad-soft disabled:text-faint',
      },
      size: {
        sm: 'h-7 px-2.5 text-sm pointer-coarse:h-9',
        md: 'h-8 px-3 text-sm pointer-coarse:h-10',
        lg: 'h-10 px-4 text-base',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonStyles> & { isBusy?: boolean }

/** `isBusy` keeps the words and the width, and refuses a second click. */
export function Button({
  variant,
  size,
  isBusy = false,
  className,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={cn(buttonStyles({ variant, size }), 'relative', className)}
    >
      {isBusy && (
        <span className="absolute inset-0 flex items-center justify-center">
          <LoaderCircle size={14} className="animate-spin" aria-hidden />
        </span>
      )}
      <span className={cn('inline-flex items-center gap-1.5', isBusy && 'opacity-25')}>{children}</span>
    </button>
  )
}
