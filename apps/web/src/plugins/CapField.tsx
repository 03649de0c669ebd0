import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import type { PromptForm } from './prompt-form.ts'

/** The most that the next generation may cost, in whole tokens. */
export function CapField({ form, className }: { form: PromptForm; className: string }) {
  return (
    <Field label="Spending cap in tokens" isLabelHidden error={form.capError} className={className}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          placeholder="No spending cap"
          autoComplete="off"
          value={form.draft.cap}
          onChange={(event) => form.change({ cap: event.target.value })}
          className="figures h-8 text-sm placeholder:font-sans pointer-coarse:h-10"
        />
      )}
    </Field>
  )
}
