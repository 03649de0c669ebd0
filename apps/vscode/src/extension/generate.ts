import type { Api } from './api.ts'
import { type Asked, askPrompt } from './ask-prompt.ts'
import type { Plugins } from './plugins.ts'
import type { Run, Runs } from './runs.ts'

type Port = { api: Api; plugins: Plugins; runs: Runs }

/** Asks for a description and lets a model write a new plugin. Null when nothing was begun. */
export async function createPlugin({ api, plugins, runs }: Port): Promise<Run | null> {
  const asked = await askPrompt(api, {
    orgId: plugins.orgId(),
    title: 'Create a plugin',
    placeholder: 'Add a command that sorts the selected lines by length',
    pluginId: null,
    parentVersionId: null,
  })
  return asked === null
    ? null
    : begin({ api, plugins, runs }, asked, { pluginId: null, parentVersionId: null })
}

/** Asks what should change and lets a model write the next version. Null when nothing was begun. */
export async function refinePlugin({ api, plugins, runs }: Port, pluginId: string): Promise<Run | null> {
  const { title, readyVersion } = await plugins.byId(pluginId)
  const subject = { pluginId, parentVersionId: readyVersion?.id ?? null }
  const asked = await askPrompt(api, {
    orgId: plugins.orgId(),
    title: readyVersion === null ? `Change “${title}”` : `Change “${title}” version ${readyVersion.number}`,
    placeholder: 'What should change?',
    ...subject,
  })
  return asked === null ? null : begin({ api, plugins, runs }, asked, subject)
}

async function begin(
  { api, plugins, runs }: Port,
  asked: Asked,
  subject: { pluginId: string | null; parentVersionId: string | null },
): Promise<Run> {
  const origin = api.origin()
  const orgId = plugins.orgId()
  const generation = await api
    .clientOf(origin)
    .plugins.generate.mutate({ orgId, operationId: crypto.randomUUID(), ...asked, ...subject })
  const run = { origin, generationId: generation.id, pluginId: generation.pluginId, orgId }
  runs.begin(run)
  return run
}
