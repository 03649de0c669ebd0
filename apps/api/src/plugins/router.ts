import {
  changesInput,
  diffInput,
  downloadInput,
  endedInput,
  generateInput,
  generationInput,
  listInput,
  lockInput,
  pluginInput,
  pluginPageInput,
  quoteInput,
  renameInput,
  restoreInput,
  revertFileInput,
  saveInput,
  versionInput,
  watchInput,
} from '@tallyforge/core/inputs/plugins'
import { z } from 'zod'
import { org, orgInput } from '../trpc.ts'
import { duplicateVersion, restoreVersion } from './copies.ts'
import { diffVersions, readChanges } from './diff.ts'
import { createDownload } from './downloads.ts'
import { revertFile, saveEdit } from './edits.ts'
import { cancelGeneration } from './generations/cancel.ts'
import { listEnded } from './generations/ended.ts'
import { listGenerations } from './generations/read.ts'
import { startGeneration } from './generations/start.ts'
import { watch } from './generations/watch.ts'
import { listPlugins } from './list.ts'
import { lockFile, unlockFile } from './locks.ts'
import { readPlugin, renamePlugin, setPluginState } from './plugins.ts'
import { quoteGeneration } from './quote.ts'
import {
  changesShape,
  downloadShape,
  endedShape,
  fileDiffShape,
  generationShape,
  pluginShape,
  quoteShape,
  saveResultShape,
  versionDetailShape,
  versionShape,
} from './shapes.ts'
import { listVersions, readCurrentVersion, readVersion } from './versions.ts'

const pageOf = <Shape extends z.ZodType>(item: Shape) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const pluginsRouter = {
  /** What a generation would cost, before it starts. */
  quote: org('plugins.read')
    .input(orgInput(quoteInput))
    .output(quoteShape)
    .query(({ ctx, input }) => quoteGeneration(ctx, input)),

  /** Holds tokens and starts a generation. The same operation id answers with the first one. */
  generate: org('plugins.write')
    .input(orgInput(generateInput))
    .output(generationShape)
    .mutation(({ ctx, input }) => startGeneration(ctx, input)),

  /** The one subscription of a page: snapshot, then deltas; resumes after `lastEventId`. Yields `WatchMessage`. */
  watch: org('plugins.read')
    .input(orgInput(watchInput))
    .subscription(({ ctx, input, signal }) => watch(ctx, input, signal)),

  /** Stops a generation. What its calls used so far is charged. Canceling an ended one changes nothing. */
  cancel: org('plugins.write')
    .input(orgInput(generationInput))
    .output(generationShape)
    .mutation(({ ctx, input }) => cancelGeneration(ctx, input.generationId)),

  list: org('plugins.read')
    .input(orgInput(listInput))
    .output(pageOf(pluginShape))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listPlugins(tx, input))),

  byId: org('plugins.read')
    .input(orgInput(pluginInput))
    .output(pluginShape)
    .query(({ ctx, input }) => ctx.org.tx((tx) => readPlugin(tx, input.pluginId))),

  /** The thread of a plugin: its generations, newest first. */
  generations: org('plugins.read')
    .input(orgInput(pluginPageInput))
    .output(pageOf(generationShape))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listGenerations(tx, input))),

  /** The caller's own generations that ended after a moment, the last one first. */
  ended: org('plugins.read')
    .input(orgInput(endedInput))
    .output(z.array(endedShape))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listEnded(tx, ctx.user.id, input))),

  /** Versions, newest first. */
  versions: org('plugins.read')
    .input(orgInput(pluginPageInput))
    .output(pageOf(versionShape))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listVersions(tx, input))),

  /** One version with its files, gate steps and what it can do. */
  version: org('plugins.read')
    .input(orgInput(versionInput))
    .output(versionDetailShape)
    .query(({ ctx, input }) => ctx.org.tx((tx) => readVersion(tx, input.versionId))),

  /** What a plugin's page begins with: its newest version, or the one that a running generation goes on from. */
  currentVersion: org('plugins.read')
    .input(orgInput(pluginInput))
    .output(versionDetailShape.nullable())
    .query(({ ctx, input }) => ctx.org.tx((tx) => readCurrentVersion(tx, input.pluginId))),

  /** What the page of changes begins with: a version beside the one that it was made from. */
  changes: org('plugins.read')
    .input(orgInput(changesInput))
    .output(changesShape.nullable())
    .query(({ ctx, input }) => ctx.org.tx((tx) => readChanges(tx, input))),

  diff: org('plugins.read')
    .input(orgInput(diffInput))
    .output(z.array(fileDiffShape))
    .query(({ ctx, input }) => ctx.org.tx((tx) => diffVersions(tx, input))),

  /** Makes a new version with the files of an older one. Nothing is overwritten. */
  restore: org('plugins.write')
    .input(orgInput(restoreInput))
    .output(versionShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => restoreVersion(tx, ctx.org, input))),

  /** A hand edit: through the gate into a new version, free of charge. */
  save: org('plugins.write')
    .input(orgInput(saveInput))
    .output(saveResultShape)
    .mutation(({ ctx, input }) => saveEdit(ctx, input)),

  /** One file as it is in another version, through the gate into a new version, free of charge. */
  revertFile: org('plugins.write')
    .input(orgInput(revertFileInput))
    .output(saveResultShape)
    .mutation(({ ctx, input }) => revertFile(ctx, input)),

  /** From now on no model changes this file. People still may. */
  lockFile: org('plugins.write')
    .input(orgInput(lockInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => lockFile(tx, ctx.org, input))),

  unlockFile: org('plugins.write')
    .input(orgInput(lockInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => unlockFile(tx, ctx.org, input))),

  rename: org('plugins.write')
    .input(orgInput(renameInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => renamePlugin(tx, input))),

  /** A new plugin that begins with the files of this version. */
  duplicate: org('plugins.write')
    .input(orgInput(restoreInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => duplicateVersion(tx, ctx.org, input))),

  archive: org('plugins.write')
    .input(orgInput(pluginInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => setPluginState(tx, input.pluginId, 'archived'))),

  unarchive: org('plugins.write')
    .input(orgInput(pluginInput))
    .output(pluginShape)
    .mutation(({ ctx, input }) => ctx.org.tx((tx) => setPluginState(tx, input.pluginId, 'active'))),

  /** A signed link for one file, good for five minutes. */
  download: org('plugins.read')
    .input(orgInput(downloadInput))
    .output(downloadShape)
    .mutation(({ ctx, input }) => createDownload(ctx, input)),
}
