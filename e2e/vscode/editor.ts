import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { freePort } from '@tallyforge/db/embedded'
import { test as base, expect, type Person } from '../person.ts'
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts'
import { installCodeServer } from './install-code-server.ts'

const vsix = join(dirname(fileURLToPath(import.meta.url)), '../../apps/vscode/dist/tallyforge.vsix')
const userCode = /[A-Z]{4}-[A-Z]{4}/

/** One VS Code with our extension, in folders of its own. */
export type Editor = {
  /** The folder that it opens. */
  folder: string
  /** Opens a window in a page; `query` names what it shows, else the folder. */
  open: (page: Page, query?: string) => Promise<Window>
}

/** A page that shows a VS Code window. */
export type Window = {
  page: Page
  /** Runs a command by its name in the palette. */
  run: (command: string) => Promise<void>
  /** Whether the palette offers a command now. */
  offers: (command: string) => Promise<boolean>
  /** The field of the palette and of what commands ask. */
  input: Locator
  /** What can be chosen below the field. */
  choice: (text: string | RegExp) => Locator
  notice: (text: string | RegExp) => Locator
  statusBar: (text: string | RegExp) => Locator
  /** Waits until the extension has started: its part of the status bar is there. */
  started: () => Promise<void>
}

type Settings = Record<string, unknown>

type Fixtures = {
  settings: Settings
  isTrustAsked: boolean
  /** The way from the editor to the server, which a test may break. */
  wire: FaultyProxy
  editor: Editor
  /** A window in which the person is signed in. */
  window: Window
}

export const test = base.extend<Fixtures>({
  /** Settings of the user, beside the server’s address. */
  settings: [{}, { option: true }],
  /** Whether VS Code opens folders in restricted mode until they are trusted. */
  isTrustAsked: [false, { option: true }],
  wire: async ({ baseURL }, use) => {
    const proxy = await startFaultyProxy(new URL(baseURL ?? '').origin)
    await use(proxy)
    await proxy.close()
  },
  editor: async ({ wire, settings, isTrustAsked }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'tallyforge-editor-'))
    const { editor, stop } = await startEditor(home, isTrustAsked, {
      'tallyforge.serverUrl': wire.origin,
      ...settings,
    })
    await use(editor)
    await stop()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  },
  window: async ({ editor, page, person }, use) => {
    const window = await editor.open(page)
    await letIn(window, person)
    await use(window)
  },
})

export { expect }

/** Signs in by the code that the window shows, in the browser that opens. */
export async function signIn(window: Window, context: BrowserContext): Promise<void> {
  const [browser] = await Promise.all([context.waitForEvent('page'), window.run('Tallyforge: Sign in')])
  const code = await shownCode(window)
  // code-server leads addresses on this machine through itself, where the web app cannot live: straight to it.
  expect(browser.url()).toContain(`/device?code=${code}`)
  await browser.goto(`/device?code=${code}`)
  await browser.getByRole('button', { name: 'Continue' }).click()
  await browser.getByRole('button', { name: 'Let it in' }).click()
  await expect(browser.getByRole('heading', { name: 'It is signed in' })).toBeVisible()
  await browser.close()
  await expect(window.statusBar(/[\d,]+ tokens/)).toBeVisible()
}

/** Signs in by the code, without the browser. */
export async function letIn(window: Window, { client }: Person): Promise<void> {
  await window.run('Tallyforge: Sign in')
  await client.auth.device.approve.mutate({ userCode: await shownCode(window) })
  await expect(window.statusBar(/[\d,]+ tokens/)).toBeVisible()
}

async function shownCode(window: Window): Promise<string> {
  await expect(window.notice(userCode)).toBeVisible()
  const [code = ''] = userCode.exec((await window.notice(userCode).textContent()) ?? '') ?? []
  return code
}

async function startEditor(home: string, isTrustAsked: boolean, settings: Settings) {
  const entry = await installCodeServer()
  const folder = join(home, 'work')
  const userData = join(home, 'data')
  await mkdir(join(userData, 'User'), { recursive: true })
  await mkdir(folder)
  await writeFile(
    join(userData, 'User/settings.json'),
    JSON.stringify({
      'workbench.startupEditor': 'none',
      'workbench.enableExperiments': false,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'extensions.autoCheckUpdates': false,
      'remote.autoForwardPorts': false,
      'chat.disableAIFeatures': true,
      'security.workspace.trust.startupPrompt': 'never',
      ...settings,
    }),
  )
  const places = ['--user-data-dir', userData, '--extensions-dir', join(home, 'extensions')]
  const [code] = await once(startNode(entry, [...places, '--install-extension', vsix]), 'exit')
  if (code !== 0) {
    throw new Error(`VS Code refused ${vsix}. Build it: pnpm extension`)
  }
  const port = await freePort(34_700 + (process.pid % 100) * 2)
  const server = startNode(entry, [
    ...places,
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(isTrustAsked ? [] : ['--disable-workspace-trust']),
    folder,
  ])
  const origin = `http://127.0.0.1:${port}`
  await untilAnswers(`${origin}/healthz`, server)
  const editor: Editor = {
    folder,
    open: (page, query = `folder=${folder}`) => openWindow(page, `${origin}/?${query}`),
  }
  const stop = async () => {
    if (server.exitCode !== null) return
    const exited = once(server, 'exit')
    server.kill('SIGTERM')
    await exited
  }
  return { editor, stop }
}

function startNode(entry: string, args: string[]): ChildProcess {
  return spawn(process.execPath, [entry, ...args], {
    // It takes its settings from the environment too; ours are those of another program.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: tmpdir() },
    // It tells of every optional part that it has not.
    stdio: 'ignore',
  })
}

async function untilAnswers(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`code-server ended with ${server.exitCode}`)
}

async function openWindow(page: Page, url: string): Promise<Window> {
  await page.goto(url)
  const palette = page.locator('.quick-input-widget')
  const input = palette.locator('input').first()
  const choice = (text: string | RegExp) =>
    palette.locator('.monaco-list-row').filter({ hasText: text }).first()
  const statusBar = (text: string | RegExp) => page.locator('.statusbar-item').filter({ hasText: text })
  const started = async () => {
    await expect(page.locator('.monaco-workbench')).toBeVisible({ timeout: 60_000 })
    await expect(statusBar(/Tallyforge|tokens/)).toBeVisible({ timeout: 60_000 })
  }
  await started()
  return {
    page,
    input,
    choice,
    statusBar,
    started,
    notice: (text) => page.locator('.notification-toast').filter({ hasText: text }),
    offers: async (command) => {
      await page.keyboard.press('F1')
      await input.fill(`>${command}`)
      // The list follows the words a moment later: what it does not show by then is not there yet.
      const isThere = await choice(command)
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        )
      await page.keyboard.press('Escape')
      return isThere
    },
    run: async (command) => {
      await page.keyboard.press('F1')
      await input.fill(`>${command}`)
      await choice(command).click()
    },
  }
}
