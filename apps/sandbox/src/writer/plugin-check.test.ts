import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compose } from './composition.ts'
import { followUp } from './follow-up.ts'
import { commandsOf, listOf, objectOf, readManifest, settingsOf } from './manifest.ts'
import type { Files, Recipe } from './recipe.ts'
import { plainCommand } from './recipes/plain-command.ts'
import { recipes } from './recipes.ts'

const request = 'Do "this" and \\ that: `$x` $& \'y\'\n</file>\u2028 line'
const plugins: Record<string, Files> = { plain: compose([plainCommand], request) }
for (const [index, first] of recipes.entries()) {
  plugins[first.id] = compose([first], request)
  for (const second of recipes.slice(index + 1)) plugins[`${first.id}+${second.id}`] = pair(first, second)
}
const added = {
  ...compose([recipes[0] as Recipe], ''),
  ...followUp('also add a pomodoro timer', plugins['word-count'] ?? {}).files,
}
plugins.added = { ...added, ...followUp('add a setting greeting default "it\'s"', added).files }

const folder = mkdtempSync(join(tmpdir(), 'template-writer-'))
let output = ''

beforeAll(() => {
  for (const [name, files] of Object.entries(plugins)) write(name, files)
  write('broken', { 'src/extension.ts': 'export const broken: number = "text"\n' })
  output = typeCheck()
})
afterAll(() => rmSync(folder, { recursive: true }))

it('type checks every recipe, every pair of recipes and what a follow-up adds', () => {
  expect(Object.keys(plugins)).toHaveLength(2 + 17 + 136)
  const lines = output.split('\n').filter((line) => line !== '')
  // The broken one proves that the compiler really looked.
  expect(lines).toEqual([expect.stringMatching(/^broken\/src\/extension\.ts\(1,14\): error TS2322/)])
})

it.each(Object.keys(plugins))('registers exactly the commands that %s declares', (name) => {
  const files = plugins[name] ?? {}
  const declared = commandsOf(readManifest(files['package.json']) ?? {}).map(({ command }) => command)
  const found = sourceOf(files).matchAll(/registerCommand\(\s*'([^']+)'/g)
  const registered = [...found].map((match) => match[1])
  expect(registered.toSorted()).toEqual(declared.toSorted())
  expect(new Set(declared).size).toBe(declared.length)
})

it.each(Object.keys(plugins))('contributes in %s only what its files and the platform allow', (name) => {
  const files = plugins[name] ?? {}
  const manifest = readManifest(files['package.json']) ?? {}
  expect(Object.keys(JSON.parse(files['package.json'] ?? '')).toSorted()).toEqual(
    Object.keys(manifest).toSorted(),
  )
  const contributes = objectOf(manifest.contributes)
  const paths = [...listOf(contributes.themes), ...listOf(contributes.snippets)].map(
    (entry) => objectOf(entry).path,
  )
  for (const path of paths) expect(Object.keys(files)).toContain(String(path).replace(/^\.\//, ''))

  const source = sourceOf(files)
  for (const setting of Object.keys(settingsOf(manifest))) {
    const [section, key = ''] = setting.split('.')
    expect(source).toContain(`getConfiguration('${section}'`)
    // Lint rules are read by their id.
    expect(source.includes(`'${key}',`) || source.includes(`id: '${key}'`)).toBe(true)
  }
  expect(source).not.toMatch(/\beval\(|new Function|require\(|from '(?!vscode'|\.\/)/)
  expect(files['README.md']).toContain('not an AI model')
})

it('writes the same plugin for the same request', () => {
  expect(compose(recipes, 'a light purple theme')).toEqual(compose(recipes, 'a light purple theme'))
})

it('sizes a recipe between sixty and two hundred lines of code', () => {
  for (const recipe of recipes) {
    const lines = (recipe.part('').files[`src/${recipe.id}.ts`] ?? '\n'.repeat(100)).split('\n').length
    expect(lines, recipe.id).toBeGreaterThan(60)
    expect(lines, recipe.id).toBeLessThan(200)
  }
})

function sourceOf(files: Files): string {
  return Object.entries(files)
    .flatMap(([path, content]) => (path.endsWith('.ts') ? [content] : []))
    .join('\n')
}

function pair(first: Recipe, second: Recipe): Files {
  return compose([first, second], request)
}

function write(name: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (!path.endsWith('.ts')) continue
    const target = join(folder, name, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

function typeCheck(): string {
  const api = createRequire(new URL('../../../api/package.json', import.meta.url))
  const typescript = createRequire(api.resolve('typescript/package.json'))
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`
  const compiler = join(dirname(typescript.resolve(platform)), 'lib', 'tsc')
  const types = dirname(dirname(api.resolve('@types/vscode/package.json')))
  const options = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    target: 'es2022',
    lib: ['es2023'],
    module: 'esnext',
    moduleResolution: 'bundler',
    noEmit: true,
    skipLibCheck: true,
    types: ['vscode'],
    typeRoots: [types],
    paths: { vscode: [join(types, 'vscode', 'index.d.ts')] },
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['**/*.ts'] }),
  )
  try {
    return execFileSync(compiler, ['-p', '.', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  }
}
