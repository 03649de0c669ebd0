import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { furnish } from '../testing/surface.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('files that are hard to compare do not keep the server from others, however many they are', async () => {
  const { owner, own } = await furnish(app.current)
  const { orgId, client } = owner
  // Lines of few kinds in no order: the most work for a comparison by edits.
  const noise = () => Array.from({ length: 30_000 }, () => Math.floor(Math.random() * 4)).join('\n')
  const save = async (versionId: string) => {
    const changes = Array.from({ length: 12 }, (_, n) => ({ path: `docs/noise-${n}.txt`, text: noise() }))
    const saved = await client.plugins.save.mutate({ orgId, operationId: randomUUID(), versionId, changes })
    if (saved.status !== 'saved') throw new Error(JSON.stringify(saved.steps))
    return saved.version.id
  }
  const fromVersionId = await save(own.versionId)
  const toVersionId = await save(fromVersionId)
  let longest = 0
  let last = performance.now()
  const ticks = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 10)
  const files = await client.plugins.diff.query({ orgId, fromVersionId, toVersionId })
  clearInterval(ticks)
  expect(files).toHaveLength(12)
  for (const file of files) expect(file).toMatchObject({ status: 'changed', before: expect.any(String) })
  // Each one alone may take half a second: twelve of them, one after the other, would be six.
  expect(longest).toBeLessThan(4_000)
})
