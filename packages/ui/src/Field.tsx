import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from './cn.tsx'

/** What a field gives its control, so that label, hint and error belong to it. */
export type ControlProps = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** The label is read aloud but not shown. */
  isLabelHidden?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

export function Field({ label, hint, error, isLabelHidden, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
      </label>
      {children({
        id,
        ...(note ? { 'aria-describedby': noteId } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {note && (
        <div
          id={noteId}
          role={error ? 'alert' : undefined}
          className={cn('flex items-start gap-1.5 text-sm', error ? 'text-bad' : 'text-muted')}
        >
          {error && <CircleAlert size={14} className="mt-[3px] shrink-0" aria-hidden />}
          <span>{note}</span>
        </div>
      )}
    </div>
  )
}
