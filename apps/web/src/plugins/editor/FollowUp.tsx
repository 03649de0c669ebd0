import { Button } from '@tallyforge/ui/Button'
import { Field } from '@tallyforge/ui/Field'
import { sendsOn } from '@tallyforge/ui/send-keys'
import { Textarea } from '@tallyforge/ui/Textarea'
import { type RefObject, useId } from 'react'
import { CapField } from '../CapField.tsx'
import { CharacterCount, Estimate } from '../Estimate.tsx'
import { ModelSelect } from '../ModelSelect.tsx'
import { PromptProblems } from '../PromptProblems.tsx'
import type { PromptForm } from '../prompt-form.ts'

type FollowUpProps = {
  form: PromptForm
  input: RefObject<HTMLTextAreaElement | null>
  isRunning: boolean
  /** What the prompt goes on from; absent while nobody can know. */
  aim: string | undefined
}

/** The place for a further prompt on this plugin. */
export function FollowUp({ form, input, isRunning, aim }: FollowUpProps) {
  const aimId = useId()
  return (
    <form
      className="flex shrink-0 flex-col gap-2 border-t p-3"
      onSubmit={(event) => {
        event.preventDefault()
        form.generate()
      }}
    >
      <PromptProblems form={form} />
      {aim && (
        <p id={aimId} className="text-muted text-sm">
          {aim}
        </p>
      )}
      <Field
        label="What should change?"
        isLabelHidden
        error={form.isTooLong ? 'Shorten the text.' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            aria-describedby={
              [aim && aimId, control['aria-describedby']].filter(Boolean).join(' ') || undefined
            }
            ref={input}
            rows={3}
            placeholder={isRunning ? 'Write the next prompt while this one runs' : 'What should change?'}
            value={form.draft.prompt}
            onChange={(event) => form.change({ prompt: event.target.value })}
            onKeyDown={sendsOn(form.generate)}
            className="text-sm"
          />
        )}
      </Field>
      <Estimate form={form} isShort />
      <CharacterCount form={form} />
      <ModelSelect form={form} className="w-full" />
      <div className="grid grid-cols-2 items-start gap-2">
        <CapField form={form} className="min-w-0" />
        <Button type="submit" variant="primary" disabled={!form.canGenerate} isBusy={form.isSending}>
          Generate
        </Button>
      </div>
    </form>
  )
}
