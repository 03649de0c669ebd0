import { readError } from '@tallyforge/client/errors'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { judgePrompt } from '@tallyforge/core/plugins/prompt'
import { targets } from '@tallyforge/core/plugins/targets'
import { readCap } from '@tallyforge/core/tokens/cap'
import { useSettled } from '@tallyforge/ui/settled'
import { keepPreviousData } from '@tanstack/react-query'
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

  const prompt = useSettled(draft.prompt, 250)
  const quoted = readCap(useSettled(draft.cap, 250))
  const quote = trpc.plugins.quote.useQuery(
    {
      orgId: org.id,
      pluginId: pluginId ?? null,
      parentVersionId: parentVersionId ?? null,
      prompt: prompt.slice(0, makerLimits.promptCodePoints),
      model: model?.id ?? '',
      cap: quoted.cap,
    },
    {
      enabled: model !== undefined && prompt.trim() !== '' && quoted.error === undefined,
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
  const { cap, capError, length, isBlank, isTooLong, missing, mayStart } = judgePrompt(draft, quote.data)
  const canGenerate = mayStart && !isBlocked && model !== undefined
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
