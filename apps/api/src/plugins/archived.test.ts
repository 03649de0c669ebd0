import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('an archived plugin gets no new version until it is brought back, and answers what was asked before', async () => {
  const maker = await app.current.person()
  const { orgId } = maker
  const { plugins } = maker.client
  const prompt = { orgId, prompt: 'Sort lines', model: 'sandbox/template-writer' }
  const first = await plugins.generate.mutate({ ...prompt, operationId: randomUUID() })
  const { versionId, pluginId } = await untilEnded(maker, first.id)
  const restore = { orgId, operationId: randomUUID(), versionId: versionId ?? '' }
  const save = {
    ...restore,
    operationId: randomUUID(),
    changes: [{ path: 'NOTES.md', text: 'Mine.' }],
  }
  const restored = await plugins.restore.mutate(restore)
  await plugins.archive.mutate({ orgId, pluginId })

  const refusal = {
    message: 'This plugin is archived. Bring it back first.',
    data: { kind: 'conflict' },
  }
  await expect(
    plugins.generate.mutate({ ...prompt, pluginId, operationId: randomUUID() }),
  ).rejects.toMatchObject(refusal)
  await expect(plugins.restore.mutate({ ...restore, operationId: randomUUID() })).rejects.toMatchObject(
    refusal,
  )
  await expect(plugins.save.mutate(save)).rejects.toMatchObject(refusal)
  expect((await plugins.restore.mutate(restore)).id).toBe(restored.id)
  expect((await plugins.byId.query({ orgId, pluginId })).latestVersion?.number).toBe(2)

  await plugins.unarchive.mutate({ orgId, pluginId })
  expect(await plugins.save.mutate(save)).toMatchObject({ status: 'saved', version: { number: 3 } })
})
