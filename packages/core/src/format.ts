import { formatTokens, type Microtokens, microtokensPerToken } from '@tallyforge/core/money'

/** An exact amount with its unit: `1,284.5 tokens`. */
export function tokensText(amount: Microtokens): string {
  return `${formatTokens(amount)} ${amount === microtokensPerToken ? 'token' : 'tokens'}`
}

/** A count with its unit in the right number: `1 file`, `1,200 files`. */
export function countText(count: number, unit: string): string {
  return `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`
}

/** Rounded up to whole tokens: for estimates and for what is missing, never for what was charged. */
export function wholeTokens(amount: Microtokens): string {
  const whole = (amount + microtokensPerToken - 1n) / microtokensPerToken
  return formatTokens(whole * microtokensPerToken)
}

/** `900–1,600`, in whole tokens. */
export function tokenRange(low: Microtokens, high: Microtokens): string {
  const [from, to] = [wholeTokens(low), wholeTokens(high)]
  return from === to ? to : `${from}–${to}`
}

const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })
const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `4 minutes ago`; from a week on, the date. */
export function timeAgo(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000
  if (Math.abs(seconds) < 45) return 'just now'
  if (Math.abs(seconds) >= 7 * 86_400) return dateText(at)
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit)
  }
  return relative.format(Math.sign(seconds), 'minute')
}

const dates = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' })
const times = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium' })
export const dateText = (at: Date) => dates.format(at)
/** The exact time, for tooltips and receipts. */
export const timeText = (at: Date) => times.format(at)

/** `850 ms`, `2.4 s`, `1 min 12 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1_000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A running clock: `0:07`, `12:40`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
