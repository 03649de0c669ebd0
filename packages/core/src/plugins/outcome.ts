import { tokensText } from '../format.ts'
import type { Microtokens } from '../money.ts'
import type { GateMessage, GateStepResult } from './gate.ts'

type Ended = { failure: string | null; cost: { charged: Microtokens } | null }

/** What stopping has cost. The charge is known once the generation has ended. */
export function stoppedText(generation: Pick<Ended, 'cost'> | undefined): string {
  const charged = generation?.cost?.charged
  if (charged === undefined) return 'You pay for what was used until then.'
  return charged === 0n
    ? 'You were not charged.'
    : `You paid ${tokensText(charged)} for what was used until then.`
}

/** Why a version is not ready, and that it cost nothing. */
export function failureText(generation: Ended | undefined): string {
  if (generation?.failure) return generation.failure
  const isCharged = generation?.cost != null && generation.cost.charged > 0n
  return isCharged ? 'It did not build.' : 'It did not build. You were not charged.'
}

/** "Not done:" at the beginning of a line, emphasized or not, and what follows up to the next empty line; of a list, the list. */
const notDone =
  /^[ \t*_]*not done[*_]*:[ \t*_]*(?:\r?\n\s*)?(?<rest>\S[\s\S]*?)(?=\r?\n[ \t]*\r?\n|(?![\s\S]))/gim

/** What the model says that it did not do: what stands behind "Not done:". Null when it says nothing of that, or that it is nothing. */
export function notDoneText(prose: string): string | null {
  const parts = [...prose.matchAll(notDone)]
    .map(({ groups }) => groups?.rest?.trim() ?? '')
    .filter((rest) => !/^(?:nothing|none|n\/a)?[.!]?$/i.test(rest))
  // Now the beginning of a sentence.
  return parts.length === 0
    ? null
    : parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('\n\n')
}

/** `src/extension.ts:12:5`, as far as it is known. */
export function placeOf({ path, line, column }: GateMessage): string {
  return [path, line, column].filter((part) => part !== undefined).join(':')
}

/** What the gate said of a version that did not build. */
export const failedMessages = ({ steps }: { steps: readonly GateStepResult[] }) =>
  steps.filter(({ status }) => status === 'failed').flatMap((step) => step.messages)

/** The gate's words as a prompt: they tell the model what to repair. Null when no check failed. */
export function repairPrompt(version: { steps: readonly GateStepResult[] }): string | null {
  const lines = failedMessages(version).map((message) =>
    ['-', placeOf(message), message.text].filter(Boolean).join(' '),
  )
  if (lines.length === 0) return null
  return ['The last version did not build. Fix these errors:', ...lines].join('\n')
}
