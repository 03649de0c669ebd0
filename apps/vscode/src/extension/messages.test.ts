import { readdir, readFile } from 'node:fs/promises'
import { DomainError } from '@tallyforge/core/errors'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SessionState } from '../bridge/protocol.ts'
import { showInformation, showWarning } from './messages.ts'
import { plain } from './plain.ts'
import type { Session } from './session.ts'
import { showFailure } from './show-failure.ts'
import { watchSignIn } from './sign-in-notice.ts'
import { createStore } from './store.ts'

const shown = vi.hoisted((): string[] => [])
const opened = vi.hoisted((): string[] => [])

vi.mock('vscode', () => {
  const show = async (message: string) => {
    shown.push(message)
  }
  type Progress = { report: (step: { message: string }) => void }
  return {
    ProgressLocation: { Notification: 15 },
    Uri: { parse: (text: string) => text },
    env: { openExternal: async (uri: string) => opened.push(uri) },
    commands: {},
    window: {
      showInformationMessage: show,
      showWarningMessage: show,
      showErrorMessage: show,
      withProgress: ({ title }: { title: string }, work: (progress: Progress, token: object) => unknown) => {
        shown.push(title)
        work({ report: ({ message }) => shown.push(message) }, { onCancellationRequested: () => undefined })
      },
    },
  }
})

/** What VS Code makes a link of. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi
const evil = '[Update](command:workbench.action.terminal.sendSequence?%7B%7D)'
const ignore = () => undefined
const log = { info: ignore, warn: ignore, error: ignore, debug: ignore }

beforeEach(() => {
  shown.length = 0
  opened.length = 0
})

test.each([
  evil,
  'x [a](https://evil.example) [b](file:///etc/passwd)',
  '[a]\u0000(command:x)',
  '[a]\u202e(command:x)',
  '[a](command:x "title")',
  '[a]](command:x)',
])('%j is text', (text) => {
  expect(plain(text).match(link)).toBeNull()
  expect(plain(plain(text))).toBe(plain(text))
})

test('other words stay as they are; a line stays one', () => {
  expect(plain('Sort [asc] (by “length”) 👩‍💻 — é')).toBe('Sort [asc] (by “length”) 👩‍💻 — é')
  expect(plain('one\r\ntwo')).toBe('one two')
})

test('no message makes a link of a name or of a server’s words', async () => {
  await showInformation(`“${evil}” version 1 is ready.`)
  await showWarning(evil)
  await showFailure(new DomainError('conflict', evil), log)
  expect(shown).toHaveLength(3)
  expect(shown.join('\n').match(link)).toBeNull()
})

function signIn(userCode: string, verificationUri: string) {
  const state = createStore<SessionState>({ status: 'signed-out', reason: null })
  const cancelSignIn = vi.fn()
  watchSignIn({ state, cancelSignIn } as Pick<Session, 'state' | 'cancelSignIn'> as Session)
  state.set({ status: 'signing-in', userCode, verificationUri, expiresAt: 0 })
  return cancelSignIn
}

test('a code is text, and only our own link stands beside it', () => {
  signIn(evil, 'https://tallyforge.example/device')
  expect(opened).toEqual(['https://tallyforge.example/device'])
  expect(shown.join('\n').match(link)).toEqual(['[Copy it](command:tallyforge.copyCode)'])
})

test('a sign-in that leads to no web page ends, and nothing is opened', () => {
  const canceled = signIn('BCDF-GHJK', 'vscode://publisher.extension/run')
  expect(opened).toEqual([])
  expect(canceled).toHaveBeenCalledOnce()
  expect(shown).toEqual([expect.stringContaining('no web page')])
})

test('every message passes where links are taken away', async () => {
  const names = (await readdir(import.meta.dirname)).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const sources = await Promise.all(
    names.map(async (name) => [name, await readFile(`${import.meta.dirname}/${name}`, 'utf8')] as const),
  )
  const direct = sources.filter(([, text]) =>
    /show(?:Information|Warning|Error)Message|ProgressLocation\.Notification/.test(text),
  )
  expect(direct.map(([name]) => name)).toEqual(['messages.ts'])
  // Markdown makes links of web addresses too, so that no name stands in it.
  expect(sources.filter(([, text]) => text.includes('MarkdownString'))).toEqual([])
  const unread = sources.flatMap(([, text]) =>
    [...text.matchAll(/\.(?:prompt|validationMessage) = (.*)/g)].map(([, value]) => value),
  )
  expect(unread.length).toBeGreaterThan(3)
  expect(unread.filter((value) => value !== "''" && !value?.startsWith('plain('))).toEqual([])
})
