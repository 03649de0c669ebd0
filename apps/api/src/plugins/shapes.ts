import { gateSteps } from '@tallyforge/core/plugins/gate'
import {
  generationStates,
  pluginStates,
  versionOrigins,
  versionStates,
} from '@tallyforge/core/plugins/states'
import { z } from 'zod'
import { balanceShape } from '../tokens/shapes.ts'

const gateMessage = z.object({
  text: z.string(),
  path: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
})

export const stepShape = z.object({
  step: z.enum(gateSteps),
  status: z.enum(['passed', 'failed']),
  durationMs: z.number(),
  messages: z.array(gateMessage),
})

export const summaryShape = z.object({
  displayName: z.string(),
  description: z.string(),
  commands: z.array(z.object({ command: z.string(), title: z.string(), isHidden: z.boolean().optional() })),
  keybindings: z.array(z.object({ command: z.string(), key: z.string() })),
  settings: z.array(z.object({ key: z.string(), description: z.string(), default: z.string() })),
  contributes: z.array(z.string()),
  capabilities: z.object({
    network: z.boolean(),
    processes: z.boolean(),
    files: z.boolean(),
    details: z.array(z.string()),
  }),
})

/** What a generation used and cost, in microtokens; null while it runs. */
export const costShape = z.object({
  held: z.bigint(),
  charged: z.bigint(),
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  isEstimated: z.boolean(),
})

export const generationShape = z.object({
  id: z.string(),
  pluginId: z.string(),
  parentVersionId: z.string().nullable(),
  /** The version it made, also when that version failed or was canceled. */
  versionId: z.string().nullable(),
  versionNumber: z.number().nullable(),
  holdId: z.string(),
  state: z.enum(generationStates),
  prompt: z.string(),
  model: z.string(),
  /** Microtokens for one token of each meter, by the price book that it was held under. */
  price: z.object({ input: z.bigint(), cachedInput: z.bigint(), output: z.bigint() }),
  createdBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  /** Why it failed, for people; null otherwise. */
  failure: z.string().nullable(),
  /** The model's words outside of files. */
  prose: z.string(),
  steps: z.array(stepShape),
  /** Locked files that the model wrote or deleted all the same: they stayed as they were. */
  keptPaths: z.array(z.string()),
  cost: costShape.nullable(),
})

export const versionShape = z.object({
  id: z.string(),
  pluginId: z.string(),
  number: z.number(),
  parentId: z.string().nullable(),
  state: z.enum(versionStates),
  origin: z.enum(versionOrigins),
  generationId: z.string().nullable(),
  /** What its `.vsix` is called; null when it did not pass the gate. */
  fileName: z.string().nullable(),
  /** One line about the change: the prompt's beginning, "Edited by hand", "Restored version 2". */
  label: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
})

export const versionDetailShape = versionShape.extend({
  files: z.array(z.object({ path: z.string(), text: z.string(), sizeBytes: z.number() })),
  steps: z.array(stepShape),
  summary: summaryShape.nullable(),
})

export const pluginShape = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  target: z.enum(['vscode']),
  state: z.enum(pluginStates),
  createdAt: z.date(),
  updatedAt: z.date(),
  latestVersion: z.object({ id: z.string(), number: z.number(), state: z.enum(versionStates) }).nullable(),
  /** Files that no model may change, sorted. */
  lockedPaths: z.array(z.string()),
  /** The newest version that can be installed. */
  readyVersion: z.object({ id: z.string(), number: z.number() }).nullable(),
  /** The newest generation that has not ended. */
  activeGeneration: z
    .object({
      id: z.string(),
      state: z.enum(generationStates),
      createdAt: z.date(),
      startedAt: z.date().nullable(),
    })
    .nullable(),
})

/** How a generation ended, for somebody who did not watch. `charged` is in microtokens. */
export const endedShape = z.object({
  id: z.string(),
  pluginId: z.string(),
  title: z.string(),
  state: z.enum(generationStates),
  versionId: z.string().nullable(),
  versionNumber: z.number().nullable(),
  finishedAt: z.date(),
  charged: z.bigint(),
})

export const fileDiffShape = z.object({
  path: z.string(),
  status: z.enum(['added', 'deleted', 'changed']),
  addedLines: z.number(),
  deletedLines: z.number(),
  before: z.string(),
  after: z.string(),
  hunks: z.array(
    z.object({
      beforeStart: z.number(),
      afterStart: z.number(),
      /** Each line begins with a space, + or −(hyphen), as in a unified diff. */
      lines: z.array(z.string()),
    }),
  ),
})

export const changesShape = z.object({
  fromVersionId: z.string(),
  toVersionId: z.string(),
  files: z.array(fileDiffShape),
})

export const quoteShape = z.object({
  low: z.bigint(),
  high: z.bigint(),
  hold: z.bigint(),
  available: z.bigint(),
  /** What is missing for the hold; zero when it can start. */
  missing: z.bigint(),
  /** The least that a cap must be, in whole tokens: with a lower one the generation is refused. */
  minimum: z.bigint(),
})

/** Stored progress of a generation, in order of `seq`. Everything a watcher sees can be replayed from these. */
export const generationEventShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: z.enum(generationStates) }),
  z.object({ type: z.literal('prose'), text: z.string() }),
  z.object({ type: z.literal('file-open'), path: z.string() }),
  z.object({ type: z.literal('file-text'), path: z.string(), text: z.string() }),
  z.object({ type: z.literal('file-close'), path: z.string() }),
  z.object({ type: z.literal('file-delete'), path: z.string() }),
  /** The model wrote or deleted a locked file: it stayed as it was in the parent version. */
  z.object({ type: z.literal('file-kept'), path: z.string() }),
  /** A model call begins: 1 for the first, 2 and 3 for repairs. `inputTokens` is what is sent, by our own count. */
  z.object({
    type: z.literal('attempt'),
    attempt: z.number(),
    model: z.string(),
    inputTokens: z.number().optional(),
  }),
  z.object({ type: z.literal('step'), result: stepShape }),
  /** Output tokens so far (estimated while the stream runs). */
  z.object({ type: z.literal('progress'), outputTokens: z.number() }),
])
export type GenerationEvent = z.infer<typeof generationEventShape>

/** What `plugins.watch` yields: a snapshot first, then deltas. */
export const watchMessageShape = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    balance: balanceShape,
    /** Generations that have not ended: of the plugin when one is named, else of the org. */
    running: z.array(generationShape),
    /** The plugin when one is named: what was read before may have changed until this stream began. */
    plugin: pluginShape.nullable(),
  }),
  z.object({ type: z.literal('balance'), balance: balanceShape }),
  /** A stored event of one generation of the watched plugin. */
  z.object({
    type: z.literal('event'),
    generationId: z.string(),
    seq: z.number(),
    at: z.date(),
    event: generationEventShape,
  }),
  /** Somebody changed a plugin: its title, its state, its versions or its locks. Refetch what shows it. */
  z.object({ type: z.literal('plugin'), pluginId: z.string() }),
  /** A generation began, changed its state or ended: refetch what shows it. */
  z.object({
    type: z.literal('generation'),
    generationId: z.string(),
    pluginId: z.string(),
    state: z.enum(generationStates),
  }),
])
export type WatchMessage = z.infer<typeof watchMessageShape>

export const saveResultShape = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved'), version: versionShape }),
  /** The gate refused the edit: nothing was kept. */
  z.object({ status: z.literal('refused'), steps: z.array(stepShape) }),
])

export const downloadShape = z.object({ url: z.string(), fileName: z.string(), expiresAt: z.date() })
