import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { furnish } from '../testing/surface.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('files that are hard to compare keep the server from others for one span of time, however many they are', async () => {
  const { owner, own } = await furnish(app.current)
  const { orgId, client } = owner
  // Lines of few kinds in no order: the most work for a comparison by edits.
  const noise = (lines: number) =>
    Array.from({ length: lines }, () => Math.floor(Math.random() * 4)).join('\n')
  const save = async (versionId: string, paths: Record<string, number>) => {
    const changes = Object.entries(paths).map(([path, lines]) => ({ path, text: noise(lines) }))
    const saved = await client.plugins.save.mutate({ orgId, operationId: randomUUID(), versionId, changes })
    if (saved.status !== 'saved') throw new Error(JSON.stringify(saved.steps))
    return saved.version.id
  }
  const hard = Object.fromEntries([0, 1, 2].map((n) => [`docs/hard-${n}.txt`, 30_000]))
  const easier = { 'docs/last.txt': 700 }
  const first = await save(own.versionId, { ...hard, ...easier })
  const second = await save(first, easier)
  const third = await save(second, { ...hard, ...easier })
  const compare = (fromVersionId: string, toVersionId: string) =>
    client.plugins.diff.query({ orgId, fromVersionId, toVersionId })

  expect((await compare(first, second)).map(({ path, hunks }) => [path, hunks.length > 0])).toEqual([
    ['docs/last.txt', true],
  ])
  // Behind those that never end it finds the time used up, and is shown as replaced, as they are.
  const files = await compare(second, third)
  expect(files).toHaveLength(4)
  for (const file of files)
    expect(file).toMatchObject({ status: 'changed', before: expect.any(String), hunks: [] })
})
