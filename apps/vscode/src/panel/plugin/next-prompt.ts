import { useRef } from 'react'
import { useKept, usePanel, useRoute } from '../panel.tsx'
import { usePromptForm } from '../prompt/prompt-form.ts'
import { trpc } from '../trpc.ts'
import type { ShownPlugin } from './shown-plugin.ts'

/**
 * A further prompt goes on from the version that is shown when that one is ready, else from the newest ready one. Only a
 * repair goes on from a version that did not build: its files are what the errors are about.
 */
export function useNextPrompt({ key, version, plugin, running, versionList }: ShownPlugin) {
  const utils = trpc.useUtils()
  const { go } = useRoute()
  const { state } = usePanel()
  const { pluginId } = key
  const repaired = useKept().repairs[pluginId]
  const isShownParent = version !== null && (version.state === 'ready' || version.id === repaired)
  const input = useRef<HTMLTextAreaElement>(null)
  const form = usePromptForm({
    pluginId,
    parentVersionId: isShownParent ? version.id : undefined,
    isBlocked: running !== null,
    onStart: () => {
      state.repair(pluginId, null)
      void utils.plugins.generations.invalidate(key)
      void utils.plugins.byId.invalidate(key)
      go({ name: 'plugin', pluginId })
    },
  })
  const fill = (prompt: string) => {
    form.change({ prompt })
    input.current?.focus()
  }
  const parentId = isShownParent ? version.id : plugin.data?.readyVersion?.id
  const parent =
    versionList?.find(({ id }) => id === parentId) ?? (isShownParent ? version : plugin.data?.readyVersion)
  return {
    form,
    input,
    /** What the prompt changes; null while there is nothing that is ready. */
    parentNumber: parent?.number ?? null,
    isRepair: isShownParent && version.state !== 'ready',
    repair: (prompt: string) => {
      if (version) state.repair(pluginId, version.id)
      fill(prompt)
    },
    again: fill,
  }
}
export type NextPrompt = ReturnType<typeof useNextPrompt>
