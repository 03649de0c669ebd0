import { Input } from '@tallyforge/ui/Input'
import { CircleAlert } from 'lucide-react'
import { useEffect, useId, useState } from 'react'

type DayFieldProps = {
  label: string
  day: string | undefined
  /** Why nothing can be found with it. */
  problem?: string | undefined
  onChange: (day: string | undefined) => void
}

/** A UTC day. While it is typed it may be no day yet, or one of the year 202: only what is whole is told. */
export function DayField({ label, day, problem, onChange }: DayFieldProps) {
  const id = useId()
  const problemId = `${id}-problem`
  const [typed, setTyped] = useState(day ?? '')
  useEffect(() => setTyped(day ?? ''), [day])
  const write = (text: string) => {
    setTyped(text)
    if (text === '') onChange(undefined)
    else if (text.startsWith('2') && text.length === 10) onChange(text)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
      <label htmlFor={id} className="w-9 text-muted text-sm md:w-auto">
        {label}
      </label>
      <Input
        id={id}
        type="date"
        min="2000-01-01"
        max="2999-12-31"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? problemId : undefined}
        value={typed}
        onChange={(event) => write(event.target.value)}
        className="figures h-8 min-w-0 flex-1 px-2 text-sm md:w-36 md:flex-none pointer-coarse:h-10 pointer-coarse:text-base"
      />
      {problem && (
        <p id={problemId} role="alert" className="flex w-full items-center gap-1.5 text-bad text-sm">
          <CircleAlert size={14} className="shrink-0" aria-hidden />
          {problem}
        </p>
      )}
    </div>
  )
}
