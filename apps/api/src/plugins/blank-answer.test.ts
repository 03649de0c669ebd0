import { randomUUID } from 'node:crypto'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import { afterAll, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'

const provider = buildModelsServer({ paceMs: 0 })
const address = await provider.listen({ host: '127.0.0.1', port: 0 })
afterAll(() => provider.close())

const app = useTestApp({
  env: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `${address}/v1`, MODELS: 'anthropic/blank' },
})

test('an answer of white space only is repaired, also with a provider that takes none back', async () => {
  const maker = await app.current.person()
  const started = await maker.client.plugins.generate.mutate({
    orgId: maker.orgId,
    operationId: randomUUID(),
    prompt: 'Show the word count in the status bar',
    model: 'anthropic/blank',
  })
  const done = await untilEnded(maker, started.id)
  expect(done).toMatchObject({ state: 'succeeded', failure: null })
})
