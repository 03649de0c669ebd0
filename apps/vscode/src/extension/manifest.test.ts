import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../manifest.json' with { type: 'json' }
import { commandNames } from './command-names.ts'

const { contributes, capabilities, engines } = manifest
const declared = contributes.commands.map(({ command }) => command)

test('the manifest declares exactly the commands that are registered', () => {
  expect(declared.toSorted()).toEqual(commandNames.map((name) => `tallyforge.${name}`).toSorted())
})

test('menus, welcomes and the walkthrough lead to declared commands only', () => {
  const words = JSON.stringify([contributes.menus, contributes.viewsWelcome, contributes.walkthroughs])
  const named = [...words.matchAll(/(?:command:|onCommand:|"command":")(tallyforge\.\w+)/g)].map(
    ([, name]) => name,
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !declared.includes(name ?? ''))).toEqual([])
})

test('every picture and page that it names is there', () => {
  const words = JSON.stringify(manifest)
  const paths = [...words.matchAll(/"(media\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(paths.length).toBeGreaterThan(4)
  const folder = join(import.meta.dirname, '../..')
  expect(paths.filter((path) => !existsSync(join(folder, path)))).toEqual([])
})

test('no workspace can send the session’s token to a server of its own', () => {
  expect(contributes.configuration.properties['tallyforge.serverUrl'].scope).toBe('application')
})

test('it runs in the editors that plugins are made for, and with limits in restricted workspaces', () => {
  expect(engines.vscode).toBe('^1.100.0')
  expect(capabilities.untrustedWorkspaces.supported).toBe('limited')
})
