import { makerLimits } from '@tallyforge/core/plugins/limits'
import { estimateText } from '@tallyforge/core/tokens/words'
import { Button } from '@tallyforge/ui/Button'
import { cn } from '@tallyforge/ui/cn'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { Kbd } from '@tallyforge/ui/Kbd'
import { sendsOn } from '@tallyforge/ui/send-keys'
import { Textarea } from '@tallyforge/ui/Textarea'
import { type ReactNode, type RefObject, useState } from 'react'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { ModelPicker, ModelPrice } from './ModelPicker.tsx'
import { PromptProblems } from './PromptProblems.tsx'
import type { PromptForm } from './prompt-form.ts'

type PromptBoxProps = {
  form: PromptForm
  label: string
  placeholder: string
  /** How high the field is while it is empty; it grows with its words. */
  height: 'low' | 'high'
  /** Model, cap and button appear once there is something to send. */
  isFolded?: boolean
  hasFocus?: boolean
  input?: RefObject<HTMLTextAreaElement | null>
  /** Stands over the field: what the prompt changes. */
  context?: ReactNode
}

const heights = { low: 'min-h-14 max-h-48', high: 'min-h-48 max-h-[50vh]' }

/** A prompt with its estimate, its model and its cap. Ctrl-Enter or Cmd-Enter sends it. */
export function PromptBox(props: PromptBoxProps) {
  const { form, label, placeholder, height, isFolded = false, hasFocus = false, input, context } = props
  const [wasTouched, setTouched] = useState(false)
  const isOpen = !isFolded || wasTouched || !form.isBlank
  const send = () => {
    // Once it is sent the field is as small as it was.
    setTouched(false)
    form.generate()
  }
  return (
    <form
      className="flex flex-col gap-2"
      onFocus={() => setTouched(true)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {context}
      <Field label={label} isLabelHidden error={form.isTooLong ? 'Shorten the text.' : undefined}>
        {(control) => (
          <Textarea
            {...control}
            ref={input}
            autoFocus={hasFocus}
            placeholder={placeholder}
            value={form.draft.prompt}
            onChange={(event) => form.change({ prompt: event.target.value })}
            onKeyDown={sendsOn(send)}
            className={cn('field-sizing-content px-2 py-1.5', heights[height])}
          />
        )}
      </Field>
      {isOpen && (
        <>
          <Estimate form={form} />
          <PromptProblems form={form} />
          <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-2">
            <ModelPicker form={form} />
            <Field label="Spending cap in tokens" isLabelHidden error={form.capError}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  placeholder="No cap"
                  title="The most that this generation may cost, in whole tokens"
                  autoComplete="off"
                  value={form.draft.cap}
                  onChange={(event) => form.change({ cap: event.target.value })}
                  className="h-7 px-2 tabular-nums"
                />
              )}
            </Field>
          </div>
          <ModelPrice form={form} />
          <Button
            type="submit"
            variant="primary"
            size="sm"
            disabled={!form.mayGenerate}
            isBusy={form.isSending}
            className="w-full"
          >
            Generate
            <Kbd
              keys="Mod+Enter"
              className="[&_kbd]:border-current [&_kbd]:bg-transparent [&_kbd]:text-current"
            />
          </Button>
        </>
      )}
    </form>
  )
}

/** What it will likely cost, what is held and what there is. */
function Estimate({ form }: { form: PromptForm }) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  const available = form.quote?.available ?? balance?.available
  const isNearLimit = form.length > makerLimits.promptCodePoints * 0.9
  return (
    <div className="text-muted text-xs tabular-nums">
      <p className="min-h-4" aria-live="polite">
        {estimateText({ quote: form.quote, available, isShort: false })}
      </p>
      {isNearLimit && (
        <p className={form.isTooLong ? 'text-bad' : undefined}>
          {form.length.toLocaleString('en-US')} of {makerLimits.promptCodePoints.toLocaleString('en-US')}{' '}
          characters
        </p>
      )}
    </div>
  )
}
