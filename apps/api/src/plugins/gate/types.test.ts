import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { samplePlugin } from './sample-plugin.ts'
import { checkTypes } from './types.ts'

// The import step refuses these before. What it might miss must end here, with no word of the file outside.
it.each([
  ["import type { Secret } from '../../OVER/secret'\nconst a: Secret = 1"],
  ["import type { Secret } from 'OUT/secret'\nconst a: Secret = 1"],
  ["let a: import('OUT/secret').Secret = 1"],
  ['/// <reference path="OUT/secret.ts" />\nconst a: Secret = 1'],
  ['/// <reference path="OUT/.env" />'],
])('shows nothing of a file outside that a type reaches by %s', async (source) => {
  const outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'secret.ts'), "export type Secret = 'canaryword'\n")
  await writeFile(join(outside, '.env'), 'SECRET=canaryword\n')
  const text = source.replaceAll('OUT', outside).replaceAll('OVER', `../${basename(outside)}`)
  const messages = await checkTypes(samplePlugin({ 'src/a.ts': text }))
  await rm(outside, { recursive: true })
  expect(messages.length).toBeGreaterThan(0)
  expect(JSON.stringify(messages)).not.toContain('canaryword')
  expect(JSON.stringify(messages)).not.toContain('SECRET')
  expect(JSON.stringify(messages)).not.toContain(tmpdir())
})

it('names types by their place in the plugin, not on the machine', async () => {
  const messages = await checkTypes(
    samplePlugin({
      'src/a.ts':
        "import * as vscode from 'vscode'\nimport * as sort from './sort'\nexport const a: typeof vscode = sort\nexport const b: typeof sort = vscode\n",
    }),
  )
  expect(messages[0]).toMatchObject({ path: 'src/a.ts', line: 3, column: 14 })
  expect(JSON.stringify(messages)).not.toContain(tmpdir())
  expect(JSON.stringify(messages)).not.toContain(process.cwd().split('/apps/')[0])
})

it('says at most 20 messages', async () => {
  const wrong = Array.from({ length: 50 }, (_, i) => `export const a${i}: string = ${i}`).join('\n')
  expect(await checkTypes(samplePlugin({ 'src/a.ts': wrong }))).toHaveLength(20)
})
