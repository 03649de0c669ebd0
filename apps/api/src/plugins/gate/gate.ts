import type { GateMessage, GateStepName, GateStepResult, PluginSummary } from '@tallyforge/core/plugins/gate'
import { buildManifest, type PluginIdentity, type PluginManifest } from '@tallyforge/core/plugins/identity'
import { parseManifest } from '@tallyforge/core/plugins/manifest'
import { checkFiles } from '@tallyforge/core/plugins/paths'
import { summarize } from '@tallyforge/core/plugins/summary'
import { bundleCode } from './bundle.ts'
import { readCapabilities } from './capabilities.ts'
import { checkCommands } from './commands.ts'
import { checkImports } from './imports.ts'
import { checkTypes } from './types.ts'

export type GateInput = {
  files: ReadonlyMap<string, string>
  /** A plugin without a ready version gets its name from the display name that its first one gives. */
  identity: PluginIdentity | ((displayName: string) => PluginIdentity)
  /** Told of every step as it ends; the next one waits for it. */
  onStep?: (result: GateStepResult) => void | Promise<void>
  signal?: AbortSignal
}

/** Steps are those that ran, in order. `bundle` is null for a plugin without code. */
export type GateVerdict =
  | {
      ok: true
      steps: GateStepResult[]
      manifest: PluginManifest
      bundle: string | null
      summary: PluginSummary
    }
  | { ok: false; steps: GateStepResult[]; messages: GateMessage[] }

/** What a step says: `notes` are for people and do no harm, `messages` are what must be repaired. */
type Outcome = { ok: true; notes?: GateMessage[] } | { ok: false; messages: GateMessage[] }

/**
 * Proves that a version builds, and says what it is: paths, manifest, imports, types, bundle, commands, in this order, up to the
 * first that fails. Nothing of the plugin is run, nothing outside of its files is read, nothing stays on disk. About 0.2 s.
 * @throws unavailable when too many checks wait, the signal's reason when it aborts.
 */
export async function runGate({ files, identity, onStep, signal }: GateInput): Promise<GateVerdict> {
  const steps: GateStepResult[] = []
  const refused = (messages: GateMessage[]): GateVerdict => ({ ok: false, steps, messages })

  async function step<Result extends Outcome>(name: GateStepName, work: () => Result | Promise<Result>) {
    signal?.throwIfAborted()
    const start = performance.now()
    const result = await work()
    const reported: GateStepResult = {
      step: name,
      status: result.ok ? 'passed' : 'failed',
      durationMs: Math.round(performance.now() - start),
      messages: result.ok ? (result.notes ?? []) : result.messages,
    }
    steps.push(reported)
    await onStep?.(reported)
    return result
  }

  const paths = await step('paths', () => outcome(checkFiles(files)))
  if (!paths.ok) return refused(paths.messages)
  const parsed = await step('manifest', () => parseManifest(files))
  if (!parsed.ok) return refused(parsed.messages)

  const { displayName } = parsed.manifest.fields
  const manifest = buildManifest(
    parsed.manifest,
    typeof identity === 'function' ? identity(displayName) : identity,
  )
  // Code that imports package.json must see the one that is shipped.
  const built = new Map(files).set('package.json', JSON.stringify(manifest))
  const { hasCode } = parsed.manifest
  const imports = await step('imports', async () => outcome(await checkImports(built)))
  if (!imports.ok) return refused(imports.messages)
  const types = await step('types', async () =>
    hasCode ? outcome(await checkTypes(built, signal)) : withoutCode,
  )
  if (!types.ok) return refused(types.messages)
  const bundle = await step('bundle', async () => (hasCode ? await bundleCode(built) : withoutCode))
  if (!bundle.ok) return refused(bundle.messages)
  const { code } = bundle
  const commands = await step('commands', () =>
    code === null ? withoutCode : outcome(checkCommands(code, manifest)),
  )
  if (!commands.ok) return refused(commands.messages)
  return {
    ok: true,
    steps,
    manifest,
    bundle: code,
    summary: summarize(manifest, readCapabilities(code, manifest)),
  }
}

const withoutCode = { ok: true as const, code: null, notes: [{ text: 'The plugin has no code to check.' }] }

function outcome(messages: GateMessage[]): Outcome {
  return messages.length > 0 ? { ok: false, messages } : { ok: true }
}
