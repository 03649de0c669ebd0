import { Meter as Base } from '@base-ui/react/meter'

/** Parts of a whole, drawn from left to right on one thin bar. Shares are 0–1. */
type MeterProps = {
  label: string
  /** What a screen reader says, such as "1,200 of 10,000 tokens". */
  text: string
  value: number
  /** A second part after the first, such as what is held. */
  secondValue?: number
}

const percent = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`

export function Meter({ label, text, value, secondValue = 0 }: MeterProps) {
  return (
    <Base.Root
      aria-label={label}
      value={Math.min(1, Math.max(0, value))}
      max={1}
      getAriaValueText={() => text}
      className="w-full"
    >
      <Base.Track className="flex h-1 overflow-hidden rounded-full bg-selected">
        <div
          className="h-full bg-ink transition-[width] duration-180 ease-out"
          style={{ width: percent(value) }}
        />
        <div
          className="h-full bg-progress transition-[width] duration-180 ease-out"
          style={{ width: percent(secondValue) }}
        />
      </Base.Track>
    </Base.Root>
  )
}
