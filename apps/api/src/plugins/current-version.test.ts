import { randomUUID } from 'node:crypto'
import { readError } from '@tallyforge/client/errors'
import { toPublicId } from '@tallyforge/core/ids'
import { expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('a plugin’s page begins with its newest version, or with what a running generation goes on from', async () => {
  const { client, orgId, ...person } = await app.current.person()
  const generate = (model: string, more: { pluginId?: string; parentVersionId?: string } = {}) =>
    client.plugins.generate.mutate({
      orgId,
      operationId: randomUUID(),
      prompt: 'Show the word count in the status bar',
      model,
      ...more,
    })
  const slow = await generate('sandbox/slow')
  const { pluginId } = slow
  const current = () => client.plugins.currentVersion.query({ orgId, pluginId })
  expect(await current()).toBeNull()
  await client.plugins.cancel.mutate({ orgId, generationId: slow.id })
  await untilEnded({ client, orgId, ...person }, slow.id)

  const first = await generate('sandbox/template-writer', { pluginId })
  const { versionId } = await untilEnded({ client, orgId, ...person }, first.id)
  if (versionId === null) throw new Error('no version')
  const found = await current()
  expect(found).toEqual(await client.plugins.version.query({ orgId, versionId }))

  const saved = await client.plugins.save.mutate({
    orgId,
    operationId: randomUUID(),
    versionId,
    changes: [{ path: 'README.md', text: '# By hand\n' }],
  })
  if (saved.status !== 'saved') throw new Error('the gate refused a plain edit')
  expect((await current())?.id).toBe(saved.version.id)

  // From the older one: that is what the files are laid over while it writes.
  const further = await generate('sandbox/slow', { pluginId, parentVersionId: versionId })
  expect((await current())?.id).toBe(versionId)
  await client.plugins.cancel.mutate({ orgId, generationId: further.id })
})

test('a plugin that is not there has none', async () => {
  const { client, orgId } = await app.current.person()
  const pluginId = toPublicId('plugin', randomUUID())
  const error = await client.plugins.currentVersion.query({ orgId, pluginId }).catch(readError)
  expect(error).toMatchObject({ kind: 'not_found' })
})
