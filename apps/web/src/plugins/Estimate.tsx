import { formatTokens } from '@tallyforge/core/money'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { tokenRange, wholeTokens } from '../format.ts'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import type { PromptForm } from './prompt-form.ts'

/** The live line under a prompt: what it will likely cost, what is held and, where there is room, what there is. */
export function Estimate({ form, isShort = false }: { form: PromptForm; isShort?: boolean }) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  const available = form.quote?.available ?? balance?.available
  const parts = [
    form.quote && `About ${tokenRange(form.quote.low, form.quote.high)} tokens`,
    form.quote && `up to ${wholeTokens(form.quote.hold)} held`,
    available !== undefined &&
      !(isShort && form.quote) &&
      `${form.quote ? 'you' : 'You'} have ${formatTokens(available)}${form.quote ? '' : ' tokens'}`,
  ].filter(Boolean)
  return (
    <p className="min-h-5 text-muted text-sm tabular-nums" aria-live="polite">
      {parts.join(' · ')}
    </p>
  )
}

/** Appears when the prompt comes near its limit. */
export function CharacterCount({ form }: { form: PromptForm }) {
  if (form.length < makerLimits.promptCodePoints * 0.9) return null
  return (
    <p className={`text-sm tabular-nums ${form.isTooLong ? 'text-bad' : 'text-muted'}`}>
      {form.length.toLocaleString('en-US')} of {makerLimits.promptCodePoints.toLocaleString('en-US')}{' '}
      characters
    </p>
  )
}
