import { z } from 'zod'
import { codePoints } from '../code-points.ts'
import { makerLimits } from '../plugins/limits.ts'
import { targets } from '../plugins/targets.ts'
import { idInput, isPlainText, operationId, pageInput, typedName } from './common.ts'

export const promptInput = z
  .string()
  .trim()
  .min(1, 'Describe what the plugin should do.')
  .refine(
    (text) => codePoints(text) <= makerLimits.promptCodePoints,
    `Use at most ${makerLimits.promptCodePoints.toLocaleString('en-US')} characters.`,
  )
  .refine(isPlainText, 'Remove control characters from the text.')

/** Some of what shows titles (VS Code's messages among it) makes links of Markdown's, and commands of links. */
export const titleInput = typedName('Enter a title.', makerLimits.titleCodePoints).refine(
  (text) => !text.includes(']('),
  'Write the title without links: put a space between ] and (.',
)

/** Printable ASCII, as every provider names its models: it is stored, logged and shown. */
export const modelId = z
  .string()
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'Choose a model of the list.')
/** The most that one generation may cost, in microtokens. */
const cap = z
  .bigint()
  .positive('Enter a number above zero.')
  .max(10n ** 18n)

export const quoteInput = z.strictObject({
  pluginId: idInput('plugin').nullish(),
  /** The version to go on from; the plugin's newest ready one when absent. */
  parentVersionId: idInput('version').nullish(),
  prompt: z.string().max(makerLimits.promptCodePoints * 2),
  model: modelId,
  cap: cap.nullish(),
})

export const generateInput = z.strictObject({
  operationId,
  /** Absent for a new plugin; a further prompt on a plugin makes a child version. */
  pluginId: idInput('plugin').nullish(),
  /** The version to go on from; the plugin's newest ready one when absent. */
  parentVersionId: idInput('version').nullish(),
  prompt: promptInput,
  model: modelId,
  cap: cap.nullish(),
  target: z.enum(targets).default('vscode'),
})

export const watchInput = z.strictObject({
  /** Absent: only the balance and the states of the org's generations. */
  pluginId: idInput('plugin').nullish(),
  lastEventId: z.string().max(1_000).nullish(),
})

export const generationInput = z.strictObject({ generationId: idInput('generation') })
/** What ended after this moment, of the last thirty days. */
export const endedInput = z.strictObject({
  since: z.iso.datetime().transform((text) => new Date(text)),
  limit: pageInput.limit.default(10),
})
export const pluginInput = z.strictObject({ pluginId: idInput('plugin') })
export const pluginPageInput = z.strictObject({ pluginId: idInput('plugin'), ...pageInput })
export const versionInput = z.strictObject({ versionId: idInput('version') })

/** By last change, by when it was made (both newest first), or by title. */
export const pluginSorts = ['updated', 'created', 'title'] as const
export type PluginSort = (typeof pluginSorts)[number]

export const listInput = z.strictObject({
  state: z.enum(['active', 'archived']).default('active'),
  sort: z.enum(pluginSorts).default('updated'),
  search: z.string().trim().max(200).refine(isPlainText, 'Use ordinary characters.').default(''),
  ...pageInput,
})

/** Without a version: the one that the plugin's page begins with. */
export const changesInput = z.strictObject({
  pluginId: idInput('plugin'),
  versionId: idInput('version').optional(),
})
export const diffInput = z.strictObject({
  fromVersionId: idInput('version'),
  toVersionId: idInput('version'),
})

export const restoreInput = z.strictObject({ operationId, versionId: idInput('version') })

const filePath = z.string().min(1).max(400)

export const saveInput = z.strictObject({
  operationId,
  /** The version that was edited. */
  versionId: idInput('version'),
  /** Changed files, whole; null deletes one. Files not named stay as they are. */
  changes: z
    .array(z.strictObject({ path: filePath, text: z.string().max(1_048_576).nullable() }))
    .min(1, 'Change a file first.')
    .max(200),
})

export const revertFileInput = z.strictObject({
  operationId,
  /** The version to change. */
  versionId: idInput('version'),
  /** The version whose file comes back. */
  toVersionId: idInput('version'),
  path: filePath,
})

export const lockInput = z.strictObject({ pluginId: idInput('plugin'), path: filePath })

export const renameInput = z.strictObject({ pluginId: idInput('plugin'), title: titleInput })
export const downloadInput = z.strictObject({
  versionId: idInput('version'),
  kind: z.enum(['vsix', 'sources']),
})
