import { wholeTokens } from '@tallyforge/core/format'
import { Callout } from '@tallyforge/ui/Callout'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import type { PromptForm } from './prompt-form.ts'

/** Why a prompt cannot start, and what to do: before it is sent, and after the server refused it. */
export function PromptProblems({ form }: { form: PromptForm }) {
  if (form.missing > 0n) return <MissingTokens missing={form.missing} />
  if (form.failure) {
    return (
      <Callout tone="bad" role="alert" title="It did not start">
        {form.failure.fields.prompt ?? form.failure.message}
      </Callout>
    )
  }
  if (form.models.isError) {
    return (
      <Callout tone="bad" role="alert" title="The models could not be loaded">
        The server does not answer. Your words are kept on this device.
      </Callout>
    )
  }
  return null
}

function MissingTokens({ missing }: { missing: bigint }) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  const isHeld = balance !== undefined && balance.held > 0n
  return (
    <Callout tone="warn" role="status" title={`${wholeTokens(missing)} tokens are missing`}>
      Set a lower spending cap,{' '}
      {isHeld ? 'wait for running generations to return theirs' : 'choose another model'}, or ask an owner to
      add tokens.
    </Callout>
  )
}
