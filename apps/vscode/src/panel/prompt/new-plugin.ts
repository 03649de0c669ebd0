import { useEffect } from 'react'
import { usePanel, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { usePromptForm } from './prompt-form.ts'

/** The prompt of a new plugin: sent, it leads to the plugin. */
export function useNewPlugin() {
  const { route, go } = useRoute()
  const { state } = usePanel()
  const utils = trpc.useUtils()
  const form = usePromptForm({
    onStart: ({ pluginId }) => {
      void utils.plugins.list.invalidate()
      go({ name: 'plugin', pluginId })
    },
  })
  const { change } = form
  const given = route.name === 'create' ? route.prompt : undefined
  useEffect(() => {
    if (given === undefined) return
    change({ prompt: given })
    // Taken once: what the person makes of it is not overwritten.
    state.go({ name: 'create' })
  }, [given, change, state])
  return form
}
