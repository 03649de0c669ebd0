import { Input } from '@tallyforge/ui/Input'
import { useEffect, useId, useState } from 'react'

type DayFieldProps = {
  label: string
  day: string | undefined
  min?: string | undefined
  max?: string | undefined
  onChange: (day: string | undefined) => void
}

/** A UTC day. While it is typed it may be no day yet, or one of the year 202: only what is whole is told. */
export function DayField({ label, day, min, max, onChange }: DayFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState(day ?? '')
  useEffect(() => setTyped(day ?? ''), [day])
  const write = (text: string) => {
    setTyped(text)
    if (text === '') onChange(undefined)
    else if (text.startsWith('2') && text.length === 10) onChange(text)
  }
  return (
    <div className="flex items-center gap-1.5">
      <label htmlFor={id} className="w-9 text-muted text-sm md:w-auto">
        {label}
      </label>
      <Input
        id={id}
        type="date"
        min={min ?? '2000-01-01'}
        max={max ?? '2999-12-31'}
        value={typed}
        onChange={(event) => write(event.target.value)}
        className="figures h-8 px-2 text-sm md:w-36 pointer-coarse:h-10 pointer-coarse:text-base"
      />
    </div>
  )
}
