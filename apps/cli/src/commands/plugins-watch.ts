import type { Cli } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { CliError } from '../failure.ts'
import { followGeneration, readGeneration } from '../follow.ts'
import { tellOutcome } from '../outcome.ts'
import { createProgress } from '../progress.ts'

/** Shows what is being written for a plugin until it has ended; what ended last, when nothing is. Ctrl-C leaves it running. */
export async function watchPlugin(cli: Cli, pluginId: string): Promise<void> {
  const { io } = cli
  const { client, org } = await cli.signedIn()
  const orgId = org.id
  const { activeGeneration } = await client.plugins.byId.query({ orgId, pluginId })
  const [newest] = (await client.plugins.generations.query({ orgId, pluginId, limit: 1 })).items
  const generationId = activeGeneration?.id ?? newest?.id
  if (generationId === undefined) throw new CliError('Nothing was generated for this plugin yet.')
  const followed = { client, orgId, pluginId, generationId }
  const progress = createProgress(io)
  try {
    const generation =
      activeGeneration === null
        ? await readGeneration(followed)
        : await followGeneration(
            followed,
            { onChange: progress.change, onConnection: progress.connection },
            io.interrupted,
          )
    progress.end()
    tellOutcome(cli, generation)
  } catch (error) {
    if (!io.interrupted.aborted) throw error
    throw new CliError('It goes on without you.', exitCodes.canceled)
  } finally {
    progress.end()
  }
}
