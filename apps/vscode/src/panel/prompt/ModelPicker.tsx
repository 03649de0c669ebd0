import { formatTokens } from '@tallyforge/core/money'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Picker } from '../Picker.tsx'
import type { PromptForm } from './prompt-form.ts'

const priceId = 'model-price'

export function ModelPicker({ form: { models, model, change } }: { form: PromptForm }) {
  if (!models.data || !model) return <Skeleton className="h-7 w-full" />
  return (
    <Picker
      label="Model"
      value={model.id}
      options={models.data.models.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(next) => change({ model: next })}
      describedBy={priceId}
    />
  )
}

/** What one token of the chosen model costs in ours. */
export function ModelPrice({ form: { model } }: { form: PromptForm }) {
  return (
    <p id={priceId} className="min-h-4 text-muted text-xs">
      {model &&
        `A token in costs ${formatTokens(model.price.input)}, out ${formatTokens(model.price.output)}`}
    </p>
  )
}
