import { setTimeout as pause } from 'node:timers/promises'
import { gateSteps } from '@tallyforge/core/plugins/gate'
import { describe, expect, it } from 'vitest'
import { runGate } from './gate.ts'
import { sampleEntryWith, sampleManifestWith, samplePlugin } from './sample-plugin.ts'
import { gateFolders, runningCheckers } from './traces.ts'

const identity = { name: 'sort-lines-12345678', versionNumber: 3 }

describe('runGate', () => {
  it('passes an honest plugin through all steps in order', async () => {
    const told: string[] = []
    const verdict = await runGate({
      files: samplePlugin(),
      identity,
      onStep: ({ step, status }) => void told.push(`${step} ${status}`),
    })
    expect(told).toEqual(gateSteps.map((step) => `${step} passed`))
    expect(verdict.steps.map(({ messages }) => messages)).toEqual(gateSteps.map(() => []))
    expect(verdict).toMatchObject({
      ok: true,
      manifest: { name: 'sort-lines-12345678', version: '0.0.3', main: './dist/extension.js' },
      summary: {
        displayName: 'Sort Lines',
        capabilities: { network: false, processes: false, files: false },
      },
    })
    expect(await gateFolders()).toEqual([])
  })

  it('gives the same bundle for the same files', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => runGate({ files: samplePlugin(), identity })))
    expect(first).toMatchObject({ ok: true, bundle: expect.stringContaining('sortLines.sort') })
    expect(second).toMatchObject({ bundle: first?.ok ? first.bundle : '' })
  })

  it('passes a theme, and says that there is no code', async () => {
    const contributes = { themes: [{ label: 'Night', uiTheme: 'vs-dark', path: './themes/night.json' }] }
    const files = new Map([
      ['package.json', sampleManifestWith({ contributes })],
      ['themes/night.json', '{"colors":{}}'],
    ])
    const verdict = await runGate({ files, identity })
    expect(verdict).toMatchObject({
      ok: true,
      bundle: null,
      summary: { contributes: ['Color theme: Night'] },
    })
    expect(verdict.steps.at(-1)).toMatchObject({
      step: 'commands',
      messages: [{ text: 'The plugin has no code to check.' }],
    })
    expect(verdict.ok && verdict.manifest.main).toBe(undefined)
  })

  it('takes Node’s modules, JSON files, other modules and ambient declarations', async () => {
    const entry = sampleEntryWith(
      [
        "import { readFile } from 'node:fs/promises'",
        "import words from './words.json'",
        "import manifest from '../package.json'",
        "import type { Word } from './types'",
        'export const load = async (word: Word) => (await import("./lazy")).lazy + words.length + manifest.version + (await readFile(word))',
      ].join('\n'),
    )
    const files = samplePlugin({
      'src/extension.ts': entry,
      'src/words.json': '["a"]',
      'src/types.d.ts': 'export type Word = string\n',
      'src/ambient.d.ts': 'declare module "virtual:thing" { export const x: number }\n',
      'src/lazy.ts': 'export const lazy: number = Math.max(1, 2)\n',
    })
    const verdict = await runGate({ files, identity })
    expect(verdict.ok ? [] : verdict.messages).toEqual([])
    expect(verdict.ok && verdict.bundle).toContain('"0.0.3"')
    expect(verdict).toMatchObject({
      summary: { capabilities: { files: true, details: ['node:fs/promises'] } },
    })
  })

  it('stops at the first step that fails, with lines as people count them', async () => {
    const files = samplePlugin({
      'src/sort.ts': 'export const sorted = (text: string, _r: boolean): number =>\n  text\n',
    })
    const verdict = await runGate({ files, identity })
    expect(verdict.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'paths passed',
      'manifest passed',
      'imports passed',
      'types failed',
    ])
    expect(verdict).toMatchObject({
      ok: false,
      messages: expect.arrayContaining([
        {
          text: "Type 'string' is not assignable to type 'number'. (TS2322)",
          path: 'src/sort.ts',
          line: 2,
          column: 3,
        },
      ]),
    })
  })

  it.each([
    ['no activate', 'bundle', { 'src/extension.ts': 'export const a = 1\n' }, 'activate'],
    [
      'a type imported as a value',
      'bundle',
      {
        'src/extension.ts': sampleEntryWith("export * from './only'"),
        'src/only.d.ts': 'export type Only = 1\n',
      },
      'import type',
    ],
    [
      'a command without code',
      'commands',
      { 'src/extension.ts': 'export function activate() {}\n' },
      'no code registers',
    ],
    [
      'a command that is not declared',
      'commands',
      {
        'src/extension.ts': sampleEntryWith(
          '',
          'vscode.commands.registerCommand("sortLines.extra", () => {})',
        ),
      },
      'does not declare',
    ],
    [
      'a command with an unclear id',
      'commands',
      {
        'src/extension.ts': sampleEntryWith(
          '',
          'for (const id of ["a"]) vscode.commands.registerCommand(id, () => {})',
        ),
      },
      'literal',
    ],
  ])('refuses %s in the step %s', async (_name, step, changes, reason) => {
    const verdict = await runGate({ files: samplePlugin(changes), identity })
    expect(verdict.steps.at(-1)).toMatchObject({ step, status: 'failed' })
    expect(verdict.ok ? '' : verdict.messages[0]?.text).toContain(reason)
  })

  it('waits for onStep before the next step', async () => {
    const order: string[] = []
    const onStep = async ({ step }: { step: string }) => {
      order.push(`${step} begins`)
      await pause(2)
      order.push(`${step} ends`)
    }
    await runGate({ files: samplePlugin(), identity, onStep })
    expect(order.slice(0, 4)).toEqual(['paths begins', 'paths ends', 'manifest begins', 'manifest ends'])
  })
})

/** Unions that double 17 times: 14 lines that would take all memory. */
const typeBomb = `type Split<S extends string, D extends unknown[]> = D extends [unknown, ...infer Rest]
  ? Split<\`\${S}0\`, Rest> | Split<\`\${S}1\`, Rest>
  : S
type Four = [1, 1, 1, 1]
type Deep = [...Four, ...Four, ...Four, ...Four, 1]
${Array.from({ length: 9 }, (_, i) => `export const bomb${i}: Split<'${i}', Deep> = ''`).join('\n')}
`

describe('a check that never ends', () => {
  const files = samplePlugin({ 'src/bomb.ts': typeBomb })

  it('is killed at its limit, with no process and no folder left', { timeout: 30_000 }, async () => {
    const verdict = await runGate({ files, identity })
    expect(verdict.steps.at(-1)).toMatchObject({ step: 'types', status: 'failed' })
    expect(verdict.ok ? '' : verdict.messages[0]?.text).toContain('too complicated')
    expect(await runningCheckers()).toEqual([])
    expect(await gateFolders()).toEqual([])
  })

  it('is killed when the caller gives up', { timeout: 30_000 }, async () => {
    const controller = new AbortController()
    const run = runGate({ files, identity, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('given up')), 400)
    await expect(run).rejects.toThrow('given up')
    expect(await runningCheckers()).toEqual([])
    expect(await gateFolders()).toEqual([])
  })
})

it('does not start when the caller has given up already', async () => {
  const told: string[] = []
  const run = runGate({
    files: samplePlugin(),
    identity,
    signal: AbortSignal.abort(new Error('given up')),
    onStep: ({ step }) => void told.push(step),
  })
  await expect(run).rejects.toThrow('given up')
  expect(told).toEqual([])
})
