import { randomUUID } from 'node:crypto'
import { readError } from '@tallyforge/client/errors'
import { toPublicId } from '@tallyforge/core/ids'
import { expect, test } from 'vitest'
import { furnish } from '../testing/surface.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('changes are those to the version that one was made from, of the newest version unless told otherwise', async () => {
  const { owner, own } = await furnish(app.current)
  const { orgId, client } = owner
  const { pluginId } = own
  const save = async (versionId: string, text: string) => {
    const changes = [{ path: 'README.md', text }]
    const saved = await client.plugins.save.mutate({ orgId, operationId: randomUUID(), versionId, changes })
    if (saved.status !== 'saved') throw new Error(JSON.stringify(saved.steps))
    return saved.version.id
  }
  const second = await save(own.versionId, '# Second\n')
  // From the older one again: the second is before it, and not what it was made from.
  const third = await save(own.versionId, '# Third\n')
  const changes = (versionId?: string) => client.plugins.changes.query({ orgId, pluginId, versionId })

  const newest = await changes()
  expect(newest).toMatchObject({ fromVersionId: own.versionId, toVersionId: third })
  expect(newest?.files).toEqual(
    await client.plugins.diff.query({ orgId, fromVersionId: own.versionId, toVersionId: third }),
  )
  expect(newest?.files.map(({ path, after }) => [path, after])).toEqual([['README.md', '# Third\n']])
  expect(await changes(second)).toMatchObject({ fromVersionId: own.versionId, toVersionId: second })
})

test('what has no version before it has no changes, and what is not there is said', async () => {
  const { client, orgId } = await app.current.person()
  const first = await client.plugins.generate.mutate({
    orgId,
    operationId: randomUUID(),
    prompt: 'Show the word count in the status bar',
    model: 'sandbox/slow',
  })
  const changes = (pluginId: string, versionId?: string) =>
    client.plugins.changes.query({ orgId, pluginId, versionId })
  expect(await changes(first.pluginId)).toBeNull()
  await client.plugins.cancel.mutate({ orgId, generationId: first.id })

  const nowhere = toPublicId('plugin', randomUUID())
  expect(await changes(nowhere).catch(readError)).toMatchObject({ kind: 'not_found' })
  const { own } = await furnish(app.current)
  expect(await changes(first.pluginId, own.versionId).catch(readError)).toMatchObject({ kind: 'not_found' })
})
