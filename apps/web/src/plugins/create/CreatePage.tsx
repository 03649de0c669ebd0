import { targets } from '@tallyforge/core/plugins/targets'
import { Button } from '@tallyforge/ui/Button'
import { Field } from '@tallyforge/ui/Field'
import { Kbd } from '@tallyforge/ui/Kbd'
import { sendsOn } from '@tallyforge/ui/send-keys'
import { Textarea } from '@tallyforge/ui/Textarea'
import { createLazyRoute } from '@tanstack/react-router'
import { useOrg } from '../../frame/org.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CapField } from '../CapField.tsx'
import { CharacterCount, Estimate } from '../Estimate.tsx'
import { ModelSelect } from '../ModelSelect.tsx'
import { PromptProblems } from '../PromptProblems.tsx'
import { usePromptForm } from '../prompt-form.ts'
import { Examples } from './Examples.tsx'
import { TargetChoice } from './TargetChoice.tsx'

export const route = createLazyRoute('/$org/plugins/new')({ component: CreatePage })

function CreatePage() {
  usePageTitle('New plugin')
  const { org } = useOrg()
  const navigate = route.useNavigate()
  const form = usePromptForm({
    onStart: ({ pluginId }) =>
      void navigate({ to: '/$org/plugins/$plugin', params: { org: org.slug, plugin: pluginId } }),
  })
  return (
    <div className="mx-auto w-full max-w-[760px] px-4 py-8 md:px-8 md:py-[11vh]">
      <h1 className="font-semibold text-xl tracking-tight">What should the plugin do?</h1>
      <p className="mt-0.5 text-muted">
        Describe a VS Code extension: its commands, when they run, what they change.
      </p>
      <form
        className="mt-6 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          form.generate()
        }}
      >
        <Field label="Describe the plugin" isLabelHidden error={tooLongText(form.isTooLong)}>
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              rows={8}
              placeholder="Add a command that sorts the selected lines by length, shortest first…"
              value={form.draft.prompt}
              onChange={(event) => form.change({ prompt: event.target.value })}
              onKeyDown={sendsOn(form.generate)}
              className="min-h-44 px-4 py-3 text-lg leading-7"
            />
          )}
        </Field>
        <div className="flex flex-wrap justify-between gap-x-4">
          <Estimate form={form} />
          <CharacterCount form={form} />
        </div>
        <PromptProblems form={form} />
        <div className="mt-1 flex flex-wrap items-start gap-3">
          {targets.length > 1 && (
            <TargetChoice value={form.target} onChange={(target) => form.change({ target })} />
          )}
          <ModelSelect form={form} className="max-w-60 max-sm:w-full max-sm:max-w-none" />
          <CapField form={form} className="w-40 max-sm:w-full" />
          <span className="flex-1" />
          <span className="hidden self-center sm:block" aria-hidden>
            <Kbd keys="Mod+Enter" />
          </span>
          <Button
            type="submit"
            variant="primary"
            disabled={!form.canGenerate}
            isBusy={form.isSending}
            className="max-sm:w-full"
          >
            Generate
          </Button>
        </div>
      </form>
      <Examples onChoose={(prompt) => form.change({ prompt })} />
    </div>
  )
}

const tooLongText = (isTooLong: boolean) => (isTooLong ? 'Shorten the description.' : undefined)
