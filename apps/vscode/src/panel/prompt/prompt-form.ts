import { readError } from '@tallyforge/client/errors'
import type { Generation } from '@tallyforge/client/outputs'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { judgePrompt } from '@tallyforge/core/plugins/prompt'
import { readCap } from '@tallyforge/core/tokens/cap'
import { useSettled } from '@tallyforge/ui/settled'
import { keepPreviousData } from '@tanstack/react-query'
import { blankDraft, type Draft } from '../kept-state.ts'
import { useKept, useOrg, usePanel } from '../panel.tsx'
import { trpc } from '../trpc.ts'

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
  const { draft, keep } = useDraft(pluginId ?? org.id)
  const models = trpc.models.list.useQuery(undefined, { staleTime: 300_000 })
  const model =
    models.data?.models.find(({ id }) => id === draft.model) ??
    models.data?.models.find(({ id }) => id === models.data.defaultModel)

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
      // The words go, the model stays.
      keep({ ...blankDraft(), model: draft.model })
      onStart(generation)
    },
  })
  const judgement = judgePrompt(draft, quote.data)
  const mayGenerate = judgement.mayStart && !isBlocked && model !== undefined
  return {
    draft,
    change: (changes: Partial<Omit<Draft, 'operationId'>>) => {
      generate.reset()
      keep({ ...draft, ...changes, operationId: crypto.randomUUID() })
    },
    models,
    model,
    ...judgement,
    /** Null while there is nothing to estimate, and for a cap that cannot be. */
    quote: judgement.isBlank || judgement.capError !== undefined ? null : (quote.data ?? null),
    failure: generate.error ? readError(generate.error) : null,
    mayGenerate,
    isSending: generate.isPending,
    generate: () => {
      if (!mayGenerate || generate.isPending) return
      generate.mutate({
        orgId: org.id,
        operationId: draft.operationId,
        pluginId: pluginId ?? null,
        parentVersionId: parentVersionId ?? null,
        prompt: draft.prompt,
        model: model.id,
        cap: judgement.cap,
      })
    },
  }
}
export type PromptForm = ReturnType<typeof usePromptForm>

/** A draft that VS Code keeps for the panel, so that no words are lost with it. */
function useDraft(key: string) {
  const { state } = usePanel()
  const kept = useKept().drafts[key]
  return { draft: kept ?? unwritten(key), keep: (next: Draft) => state.draft(key, next) }
}

const unwrittenDrafts = new Map<string, Draft>()

/** The same blank draft for as long as nothing is written in it: its operation id must not change with every look. */
function unwritten(key: string): Draft {
  const known = unwrittenDrafts.get(key) ?? blankDraft()
  unwrittenDrafts.set(key, known)
  return known
}
