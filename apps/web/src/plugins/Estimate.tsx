import { makerLimits } from '@tallyforge/core/plugins/limits'
import { estimateText } from '@tallyforge/core/tokens/words'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import type { PromptForm } from './prompt-form.ts'

/** The live line under a prompt: what it will likely cost, what is held and, where there is room, what there is. */
export function Estimate({ form, isShort = false }: { form: PromptForm; isShort?: boolean }) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  const available = form.quote?.available ?? balance?.available
  return (
    <p className="min-h-5 text-muted text-sm tabular-nums" aria-live="polite">
      {estimateText({ quote: form.quote, available, isShort })}
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
