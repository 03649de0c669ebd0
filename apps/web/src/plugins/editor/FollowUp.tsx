import { Button } from '@tallyforge/ui/Button'
import { Field } from '@tallyforge/ui/Field'
import { sendsOn } from '@tallyforge/ui/send-keys'
import { Textarea } from '@tallyforge/ui/Textarea'
import type { RefObject } from 'react'
import { CapField } from '../CapField.tsx'
import { CharacterCount, Estimate } from '../Estimate.tsx'
import { ModelSelect } from '../ModelSelect.tsx'
import { PromptProblems } from '../PromptProblems.tsx'
import type { PromptForm } from '../prompt-form.ts'

type FollowUpProps = {
  form: PromptForm
  input: RefObject<HTMLTextAreaElement | null>
  isRunning: boolean
}

/** The place for a further prompt on this plugin. */
export function FollowUp({ form, input, isRunning }: FollowUpProps) {
  return (
    <form
      className="flex shrink-0 flex-col gap-2 border-t p-3"
      onSubmit={(event) => {
        event.preventDefault()
        form.generate()
      }}
    >
      <PromptProblems form={form} />
      <Field
        label="What should change?"
        isLabelHidden
        error={form.isTooLong ? 'Shorten the text.' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
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
      <div className="flex flex-wrap items-start gap-2">
        <ModelSelect form={form} className="min-w-0 flex-1 basis-40" />
        <CapField form={form} className="min-w-0 flex-1 basis-28" />
        <Button
          type="submit"
          variant="primary"
          disabled={!form.canGenerate}
          isBusy={form.isSending}
          className="w-full"
        >
          Generate
        </Button>
      </div>
    </form>
  )
}
