import { randomUUID } from 'node:crypto'
import { pluginName } from '@tallyforge/core/plugins/identity'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

async function ready() {
  const maker = await app.current.person()
  const { id } = await maker.client.plugins.generate.mutate({
    orgId: maker.orgId,
    operationId: randomUUID(),
    prompt: 'Convert JSON to CSV',
    model: 'sandbox/template-writer',
  })
  const done = await untilEnded(maker, id)
  return { maker, versionId: done.versionId ?? '' }
}

async function bytesOf(url: string): Promise<Buffer> {
  const response = await fetch(`${app.current.url}${url}`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

describe('downloads', () => {
  test('the .vsix holds manifest, bundle and readme, and is the same bytes every time', async () => {
    const { maker, versionId } = await ready()
    const link = () => maker.client.plugins.download.mutate({ orgId: maker.orgId, versionId, kind: 'vsix' })
    const { url, fileName } = await link()
    expect(fileName).toMatch(/^[a-z0-9-]+-0\.0\.1\.vsix$/)
    const bytes = await bytesOf(url)
    expect(bytes.equals(await bytesOf((await link()).url))).toBe(true)
    const entries = Object.keys(unzipSync(bytes))
    expect(entries).toEqual(
      expect.arrayContaining([
        'extension.vsixmanifest',
        '[Content_Types].xml',
        'extension/package.json',
        'extension/dist/extension.js',
      ]),
    )
    const manifest = JSON.parse(
      Buffer.from(unzipSync(bytes)['extension/package.json'] ?? []).toString('utf8'),
    )
    expect(manifest).toMatchObject({ publisher: 'tallyforge', version: '0.0.1', main: './dist/extension.js' })
    expect(manifest.scripts).toBeUndefined()
  })

  test('version 2 is the same extension with a higher version, so it installs over version 1', async () => {
    const { maker, versionId } = await ready()
    const restored = await maker.client.plugins.restore.mutate({
      orgId: maker.orgId,
      operationId: randomUUID(),
      versionId,
    })
    const names = await Promise.all(
      [versionId, restored.id].map(
        async (id) =>
          (await maker.client.plugins.download.mutate({ orgId: maker.orgId, versionId: id, kind: 'vsix' }))
            .fileName,
      ),
    )
    expect(names[1]).toBe(names[0]?.replace('0.0.1', '0.0.2'))
    // By the name that the model gave it, and not by the words of the prompt.
    const { pluginId } = restored
    const { title } = await maker.client.plugins.byId.query({ orgId: maker.orgId, pluginId })
    expect(title).not.toBe('Convert JSON to CSV')
    expect(names[0]).toBe(`${pluginName(pluginId, title)}-0.0.1.vsix`)
    const { id } = await maker.client.plugins.generate.mutate({
      orgId: maker.orgId,
      operationId: randomUUID(),
      pluginId,
      prompt: 'rename the extension to Wordy',
      model: 'sandbox/template-writer',
    })
    const renamed = await untilEnded(maker, id)
    const { summary, fileName } = await maker.client.plugins.version.query({
      orgId: maker.orgId,
      versionId: renamed.versionId ?? '',
    })
    expect(summary?.displayName).toBe('Wordy')
    expect(fileName).toBe(names[0]?.replace('0.0.1', '0.0.3'))
  })

  test('a forged, changed or expired link opens nothing', async () => {
    const { maker, versionId } = await ready()
    const { url } = await maker.client.plugins.download.mutate({
      orgId: maker.orgId,
      versionId,
      kind: 'vsix',
    })
    const [body = '', signature = ''] = url.slice('/files/'.length).split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
    const forged = Buffer.from(JSON.stringify({ ...claims, kind: 'sources' })).toString('base64url')
    for (const token of [
      'x',
      `${body}.`,
      `${forged}.${signature}`,
      `${body}.${signature}x`,
      `${body}.${signature}.zzz`,
      `${body}.${signature}.`,
      '%00',
      '../../etc/passwd',
    ]) {
      const response = await fetch(`${app.current.url}/files/${token}`)
      expect(response.status, token).toBe(404)
    }
  })
})
