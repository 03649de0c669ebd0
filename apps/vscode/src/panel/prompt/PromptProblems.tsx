import { wholeTokens } from '@tallyforge/core/format'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { useAct } from '../act.ts'
import { useOrg } from '../panel.tsx'
import type { PromptForm } from './prompt-form.ts'

/** Why a prompt cannot start, and what to do: before it is sent, and after the server refused it. */
export function PromptProblems({ form }: { form: PromptForm }) {
  const { org } = useOrg()
  const { act } = useAct()
  if (form.missing > 0n) {
    return (
      <Callout
        tone="warn"
        role="status"
        title={`${wholeTokens(form.missing)} tokens are missing`}
        action={
          <Button size="sm" onClick={() => act({ name: 'openDashboard', path: `/${org.slug}/tokens` })}>
            Open tokens in the dashboard
          </Button>
        }
      >
        Set a lower spending cap, choose another model, or ask an owner to add tokens.
      </Callout>
    )
  }
  if (form.failure) {
    return (
      <Callout tone="bad" role="alert" title="It did not start">
        {form.failure.fields.prompt ?? form.failure.message}
      </Callout>
    )
  }
  if (form.models.isError) {
    return (
      <Callout
        tone="bad"
        role="alert"
        title="The models could not be loaded"
        action={
          <Button size="sm" onClick={() => void form.models.refetch()}>
            Try again
          </Button>
        }
      >
        The server does not answer. Your words are kept.
      </Callout>
    )
  }
  return null
}
