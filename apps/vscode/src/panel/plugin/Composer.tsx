import { PromptBox } from '../prompt/PromptBox.tsx'
import type { NextPrompt } from './next-prompt.ts'
import type { ShownPlugin } from './shown-plugin.ts'

/** The place for a further prompt on this plugin. It says which version the prompt changes. */
export function Composer({ shown, next }: { shown: ShownPlugin; next: NextPrompt }) {
  const { form, input, parentNumber, isRepair } = next
  return (
    <section aria-label="Next prompt" className="max-h-[60%] shrink-0 overflow-y-auto border-t px-3 py-2">
      <PromptBox
        form={form}
        label="What should change?"
        placeholder={shown.running ? 'Write the next prompt while this one runs' : 'What should change?'}
        height="low"
        isFolded
        input={input}
        context={
          parentNumber !== null && (
            <p className="text-muted text-xs">
              {isRepair ? 'Repairs' : 'Changes'} version {parentNumber}
            </p>
          )
        }
      />
    </section>
  )
}
