import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { furnish } from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

let maker: TestPerson
/** A version as a model wrote it, and one whose README a person has changed. */
let written: string
let edited: string

beforeAll(async () => {
  const { owner, own } = await furnish(app.current)
  maker = owner
  written = own.versionId
  edited = own.otherVersionId
})

const revert = (input: { versionId: string; toVersionId: string; path: string; operationId?: string }) =>
  maker.client.plugins.revertFile.mutate({ orgId: maker.orgId, operationId: randomUUID(), ...input })

const save = (versionId: string, changes: { path: string; text: string | null }[]) =>
  maker.client.plugins.save.mutate({ orgId: maker.orgId, operationId: randomUUID(), versionId, changes })

async function filesOf(versionId: string): Promise<Record<string, string>> {
  const { files } = await maker.client.plugins.version.query({ orgId: maker.orgId, versionId })
  return Object.fromEntries(files.map(({ path, text }) => [path, text]))
}

async function savedId(result: Awaited<ReturnType<typeof revert>>): Promise<string> {
  if (result.status !== 'saved') throw new Error('the gate refused it')
  return result.version.id
}

test('one file goes back to how it was, in a new version on top; replaying it makes no second one', async () => {
  const both = await savedId(await save(edited, [{ path: 'NOTES.md', text: 'Mine.\n' }]))
  const request = { versionId: both, toVersionId: written, path: 'README.md', operationId: randomUUID() }
  const reverted = await revert(request)
  expect(reverted).toMatchObject({
    status: 'saved',
    version: { origin: 'edit', state: 'ready', parentId: both, label: 'Reverted README.md to version 1' },
  })
  expect(await revert(request)).toEqual(reverted)
  expect(await filesOf(await savedId(reverted))).toEqual({
    ...(await filesOf(written)),
    'NOTES.md': 'Mine.\n',
  })
})

test('a file that is new goes away, and one that was deleted comes back', async () => {
  const grown = await savedId(await save(written, [{ path: 'NOTES.md', text: 'Mine.\n' }]))
  const gone = await savedId(await revert({ versionId: grown, toVersionId: written, path: 'NOTES.md' }))
  expect(await filesOf(gone)).toEqual(await filesOf(written))

  const shrunk = await savedId(await save(written, [{ path: 'README.md', text: null }]))
  expect(Object.keys(await filesOf(shrunk))).not.toContain('README.md')
  const back = await savedId(await revert({ versionId: shrunk, toVersionId: written, path: 'README.md' }))
  expect(await filesOf(back)).toEqual(await filesOf(written))
})

test('what would not build is refused with the reason, and nothing is kept', async () => {
  const files = await filesOf(written)
  const { 'src/word-count.ts': part = '', 'src/extension.ts': entry = '' } = files
  const moved = await savedId(
    await save(written, [
      { path: 'src/word-count.ts', text: null },
      { path: 'src/words.ts', text: part },
      { path: 'src/extension.ts', text: entry.replace('./word-count', './words') },
    ]),
  )
  const count = async () => {
    const { pluginId } = await maker.client.plugins.version.query({ orgId: maker.orgId, versionId: moved })
    return (await maker.client.plugins.versions.query({ orgId: maker.orgId, pluginId })).items.length
  }
  const before = await count()
  const refused = await revert({ versionId: moved, toVersionId: written, path: 'src/words.ts' })
  expect(refused.status).toBe('refused')
  expect(refused.status === 'refused' && refused.steps.at(-1)).toMatchObject({
    status: 'failed',
    messages: [{ path: 'src/extension.ts' }],
  })
  expect(await count()).toBe(before)
})

test('a file that is the same, a file that nobody has, and a version of another plugin are refused', async () => {
  const same = { versionId: edited, toVersionId: written }
  await expect(revert({ ...same, path: 'package.json' })).rejects.toMatchObject({
    message: 'This file is the same in both versions.',
    data: { kind: 'conflict' },
  })
  await expect(revert({ ...same, path: 'src/none.ts' })).rejects.toMatchObject({
    data: { kind: 'not_found' },
  })
  const copy = await maker.client.plugins.duplicate.mutate({
    orgId: maker.orgId,
    operationId: randomUUID(),
    versionId: written,
  })
  const toVersionId = copy.readyVersion?.id ?? ''
  await expect(revert({ versionId: edited, toVersionId, path: 'README.md' })).rejects.toMatchObject({
    message: 'This version does not exist.',
    data: { kind: 'not_found' },
  })
})
