/** queued → running → validating → (repairing → validating) → succeeded | failed | canceled */
export const generationStates = [
  'queued',
  'running',
  'validating',
  'repairing',
  'succeeded',
  'failed',
  'canceled',
] as const
export type GenerationState = (typeof generationStates)[number]
export type FinalGenerationState = 'succeeded' | 'failed' | 'canceled'

export function isFinal(state: GenerationState): state is FinalGenerationState {
  return state === 'succeeded' || state === 'failed' || state === 'canceled'
}

export const versionStates = ['ready', 'failed', 'canceled'] as const
export type VersionState = (typeof versionStates)[number]

/** How a version came to be. */
export const versionOrigins = ['generation', 'edit', 'restore', 'duplicate'] as const
export type VersionOrigin = (typeof versionOrigins)[number]

export const pluginStates = ['active', 'archived'] as const
export type PluginState = (typeof pluginStates)[number]
