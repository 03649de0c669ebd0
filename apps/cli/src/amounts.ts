import { formatTokens, type Microtokens, microtokensPerToken } from '@tallyforge/core/money'
import { InvalidArgumentError } from 'commander'

/** An amount as people type it, such as `1500`, `1,500` or `0.5` tokens, in microtokens. */
export function parseTokens(text: string): Microtokens {
  const match = /^(\d{1,12}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,6}))?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('Write a number of tokens, such as 1500 or 0.5.')
  const whole = BigInt((match[1] ?? '').replaceAll(',', ''))
  return whole * microtokensPerToken + BigInt((match[2] ?? '').padEnd(6, '0'))
}

/** `1,284.5 tokens` */
export function inTokens(amount: Microtokens): string {
  return `${formatTokens(amount)} ${amount === microtokensPerToken ? 'token' : 'tokens'}`
}

/** A count of rows. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Write a number above zero.')
  }
  return count
}
