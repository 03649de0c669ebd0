import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Generation } from '@tallyforge/client/outputs'
import type { Microtokens } from '@tallyforge/core/money'
import { inTokens } from '../amounts.ts'
import type { Cli } from '../cli.ts'
import type { SignedIn } from '../connection.ts'
import { install } from '../editor.ts'
import { followGeneration } from '../follow.ts'
import { tellOutcome } from '../outcome.ts'
import { createProgress } from '../progress.ts'
import { download, save } from '../vsix.ts'

type Options = {
  model?: string
  cap?: Microtokens
  plugin?: string
  install?: boolean
  code: string
  detach?: boolean
}

/** Makes a plugin, or a further version of one: says what it may cost, shows it coming, and stops it at Ctrl-C. */
export async function createPlugin(cli: Cli, prompt: string, options: Options): Promise<void> {
  const connection = await cli.signedIn()
  const { client, enduringClient, org } = connection
  const model = options.model ?? (await client.models.list.query()).defaultModel
  const wish = { orgId: org.id, pluginId: options.plugin ?? null, prompt, model, cap: options.cap ?? null }
  const { low, high, hold, available } = await client.plugins.quote.query(wish)
  cli.out.note(
    `Costs about ${inTokens(low)} to ${inTokens(high)}, at most ${inTokens(hold)} of your ${inTokens(available)}.`,
  )
  // Nothing begins after a Ctrl-C. What was asked for is waited for, because it is to be stopped then.
  cli.io.interrupted.throwIfAborted()
  const started = await enduringClient.plugins.generate.mutate({ ...wish, operationId: randomUUID() })
  cli.out.note(`${model} writes ${started.pluginId}`)
  if (options.detach && !cli.io.interrupted.aborted) {
    cli.out.result(started, `tf plugins watch ${started.pluginId}`)
    return
  }
  const generation = await finish(cli, connection, started)
  tellOutcome(cli, generation)
  if (options.install && generation.versionId !== null)
    await installVersion(cli, connection, generation.versionId, options.code)
}

/** Waits for the end. Ctrl-C stops the generation, and waits for what it cost. */
async function finish(
  { io }: Cli,
  { client, enduringClient, org }: SignedIn,
  started: Generation,
): Promise<Generation> {
  const followed = { client, orgId: org.id, pluginId: started.pluginId, generationId: started.id }
  const progress = createProgress(io)
  try {
    return await followGeneration(
      followed,
      { onChange: progress.change, onConnection: progress.connection },
      io.interrupted,
    )
  } catch (error) {
    if (!io.interrupted.aborted) throw error
    progress.end()
    io.stderr.write('Stopping … (Ctrl-C again to leave it to the server)\n')
    await enduringClient.plugins.cancel.mutate({ orgId: org.id, generationId: started.id })
    const unseen = { onChange: () => undefined, onConnection: () => undefined }
    return await followGeneration(
      { ...followed, client: enduringClient },
      unseen,
      new AbortController().signal,
    )
  } finally {
    progress.end()
  }
}

async function installVersion(
  cli: Cli,
  connection: SignedIn,
  versionId: string,
  editor: string,
): Promise<void> {
  const file = await download(connection, versionId, 'vsix', cli.io.interrupted)
  const path = join(await mkdtemp(join(tmpdir(), 'tallyforge-')), file.fileName)
  await save(path, file, false)
  await install(editor, path, cli.io)
  cli.out.note(`Installed ${file.fileName} with ${editor}.`)
}
