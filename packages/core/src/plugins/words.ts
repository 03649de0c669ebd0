import type { GateStepName } from './gate.ts'
import type { GenerationState, VersionOrigin, VersionState } from './states.ts'

/** The words for every state, the same wherever people read of it. */
export const generationWords: Record<GenerationState, string> = {
  queued: 'Waiting',
  running: 'Writing',
  validating: 'Checking',
  repairing: 'Repairing',
  succeeded: 'Ready',
  failed: 'Not ready',
  canceled: 'Canceled',
}

export const versionWords: Record<VersionState, string> = {
  ready: generationWords.succeeded,
  failed: generationWords.failed,
  canceled: generationWords.canceled,
}

/** What happens in a state that will not last. */
export const generationExplanations: Partial<Record<GenerationState, string>> = {
  queued: 'It starts as soon as another one of your organization has ended.',
  running: 'The model is writing files.',
  validating: 'The platform checks that it builds.',
  repairing: 'It did not build. The model is repairing it under the same hold.',
}

export const gateStepWords: Record<GateStepName, string> = {
  paths: 'File names and sizes',
  manifest: 'Manifest',
  imports: 'Imports',
  types: 'Types',
  bundle: 'Bundle',
  commands: 'Commands',
}

export const originWords: Record<VersionOrigin, string> = {
  generation: 'Prompt',
  edit: 'Hand edit',
  restore: 'Restored',
  duplicate: 'Copy',
}

/** What a screen reader is told at the end. */
export const endWords = {
  succeeded: 'The plugin is ready.',
  failed: 'The plugin is not ready. You were not charged.',
  canceled: 'The generation was stopped.',
} as const satisfies Partial<Record<GenerationState, string>>
