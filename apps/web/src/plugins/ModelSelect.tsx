import { formatTokens } from '@tallyforge/core/money'
import { Select } from '@tallyforge/ui/Select'
import { Skeleton } from '@tallyforge/ui/Skeleton'
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

const detailOf = ({ provider, price }: Model) =>
  `${provider} · ${formatTokens(price.input)} in, ${formatTokens(price.output)} out for each token`
