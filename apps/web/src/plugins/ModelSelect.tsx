import { formatTokens } from '@tallyforge/core/money'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Select } from '../frame/late-controls.tsx'
import type { Model } from '../trpc.ts'
import type { PromptForm } from './prompt-form.ts'

export function ModelSelect({ form, className }: { form: PromptForm; className?: string }) {
  if (!form.models.data || !form.model) return <Skeleton className="h-8 w-40" />
  return (
    <Select
      label="Model"
      value={form.model.id}
      options={form.models.data.models.map((model) => ({
        value: model.id,
        label: model.name,
        detail: detailOf(model),
      }))}
      onChange={(model) => form.change({ model })}
      className={className}
    />
  )
}

/** What it is good at, and what one of its tokens costs in ours. */
const detailOf = ({ provider, description, price }: Model) => (
  <>
    {description}
    <br />
    {provider} · a token in costs {formatTokens(price.input)}, out {formatTokens(price.output)}
  </>
)
