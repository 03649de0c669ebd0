import type { Client } from '@tallyforge/client/client'
import { type Live, type LiveGeneration, reduceLive } from '@tallyforge/client/live'
import type { Generation } from '@tallyforge/client/outputs'
import { isFinal } from '@tallyforge/core/plugins/states'

type Followed = { client: Client; orgId: string; pluginId: string; generationId: string }

/** What is heard of a generation while it runs. `isLost`: the connection is gone, and is being made again. */
type Listener = { onChange: (live: LiveGeneration) => void; onConnection: (isLost: boolean) => void }

/**
 * Follows a generation until it has ended, and answers it as it was stored. A lost connection is made again and repeats
 * nothing. @throws what the stream was refused with; an AbortError once the signal aborts.
 */
export async function followGeneration(
  { client, orgId, pluginId, generationId }: Followed,
  { onChange, onConnection }: Listener,
  signal: AbortSignal,
): Promise<Generation> {
  await new Promise<void>((resolve, reject) => {
    let live: Live = {}
    const subscription = client.plugins.watch.subscribe(
      { orgId, pluginId },
      {
        signal,
        onData: ({ data }) => {
          live = reduceLive(live, data)
          const generation = live[generationId]
          if (generation !== undefined) onChange(generation)
          // What a snapshot does not have anymore ended before anybody listened.
          const hasEnded = generation === undefined ? data.type === 'snapshot' : isFinal(generation.state)
          if (hasEnded) end(resolve)
        },
        onConnectionStateChange: ({ state, error }) => onConnection(state === 'connecting' && error !== null),
        onError: (error) => end(() => reject(error)),
      },
    )
    const onAbort = () => end(() => reject(signal.reason))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()

    function end(settle: () => void) {
      signal.removeEventListener('abort', onAbort)
      subscription.unsubscribe()
      settle()
    }
  })
  return readGeneration({ client, orgId, pluginId, generationId })
}

/** The generation as it is stored; it is among the newest of its plugin. */
export async function readGeneration({
  client,
  orgId,
  pluginId,
  generationId,
}: Followed): Promise<Generation> {
  const { items } = await client.plugins.generations.query({ orgId, pluginId, limit: 100 })
  const generation = items.find(({ id }) => id === generationId)
  if (generation === undefined) throw new Error(`generation ${generationId} is not in its plugin’s list`)
  return generation
}
