import { readError } from '@tallyforge/client/errors'
import { codePoints } from '@tallyforge/core/code-points'
import { wholeTokens } from '@tallyforge/core/format'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { targets } from '@tallyforge/core/plugins/targets'
import { readCap } from '@tallyforge/core/tokens/cap'
import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useOrg } from '../frame/org.ts'
import { type Generation, trpc } from '../trpc.ts'
import { useDraft } from './draft.ts'

type PromptFormOptions = {
  /** Absent for a new plugin. */
  pluginId?: string
  parentVersionId?: string | undefined
  /** While another generation of the plugin runs. */
  isBlocked?: boolean
  onStart: (generation: Generation) => void
}

/** All that a prompt needs before it becomes a generation: draft, model, cap, estimate, and the way to send it. */
export function usePromptForm({ pluginId, parentVersionId, isBlocked = false, onStart }: PromptFormOptions) {
  const { org } = useOrg()
  const { draft, change, clear } = useDraft(`draft:${pluginId ?? org.id}`)
  const models = trpc.models.list.useQuery(undefined, { staleTime: 300_000 })
  const model =
    models.data?.models.find(({ id }) => id === draft.model) ??
    models.data?.models.find(({ id }) => id === models.data.defaultModel)
  const target = targets.find((each) => each === draft.target) ?? targets[0]
  const { cap, error: capProblem } = readCap(draft.cap)
  const isBlank = draft.prompt.trim() === ''
  const length = codePoints(draft.prompt.trim())
  const isTooLong = length > makerLimits.promptCodePoints

  const quoted = useSettled({ prompt: draft.prompt, cap }, 250)
  const quote = trpc.plugins.quote.useQuery(
    {
      orgId: org.id,
      pluginId: pluginId ?? null,
      parentVersionId: parentVersionId ?? null,
      prompt: quoted.prompt.slice(0, makerLimits.promptCodePoints),
      model: model?.id ?? '',
      cap: quoted.cap,
    },
    {
      enabled: model !== undefined && quoted.prompt.trim() !== '' && !capProblem,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    },
  )
  const generate = trpc.plugins.generate.useMutation({
    onSuccess: (generation) => {
      clear()
      onStart(generation)
    },
  })
  const failure = generate.error ? readError(generate.error) : null
  const minimum =
    !isBlank && quote.data && cap !== null && cap < quote.data.minimum ? quote.data.minimum : null
  const capError = minimum === null ? capProblem : `At least ${wholeTokens(minimum)} for this prompt.`
  const missing = !isBlank && quote.data ? quote.data.missing : 0n
  const canGenerate =
    !isBlocked && model !== undefined && !isBlank && !isTooLong && !capError && missing === 0n
  return {
    draft,
    target,
    change: (changes: Parameters<typeof change>[0]) => {
      generate.reset()
      change(changes)
    },
    models,
    model,
    capError,
    length,
    isTooLong,
    /** Null while there is nothing to estimate, and for a cap that cannot be. */
    quote: isBlank || capError ? null : (quote.data ?? null),
    missing,
    failure,
    canGenerate,
    isSending: generate.isPending,
    generate: () => {
      if (!canGenerate || generate.isPending) return
      generate.mutate({
        orgId: org.id,
        operationId: draft.operationId,
        pluginId: pluginId ?? null,
        parentVersionId: parentVersionId ?? null,
        prompt: draft.prompt,
        model: model.id,
        cap,
        target,
      })
    },
  }
}
export type PromptForm = ReturnType<typeof usePromptForm>

/** The value once it has stayed the same for `delay` milliseconds. */
function useSettled<Value extends { prompt: string; cap: bigint | null }>(
  value: Value,
  delay: number,
): Value {
  const [settled, setSettled] = useState(value)
  const { prompt, cap } = value
  useEffect(() => {
    const timer = setTimeout(() => setSettled((last) => ({ ...last, prompt, cap })), delay)
    return () => clearTimeout(timer)
  }, [prompt, cap, delay])
  return settled
}
