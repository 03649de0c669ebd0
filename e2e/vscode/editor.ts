import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { freePort } from '@tallyforge/db/embedded'
import { test as base, expect } from '../person.ts'
import { installCodeServer } from './install-code-server.ts'

const vsix = join(dirname(fileURLToPath(import.meta.url)), '../../apps/vscode/dist/tallyforge.vsix')

/** One VS Code with our extension, in folders of its own. */
export type Editor = {
  /** The folder that is open. */
  folder: string
  origin: string
  open: (page: Page) => Promise<Window>
}

/** A page that shows a VS Code window. */
export type Window = {
  page: Page
  /** Runs a command by its name in the palette. */
  run: (command: string) => Promise<void>
  /** The notification with these words. */
  notice: (text: string | RegExp) => Locator
  statusBar: (text: string | RegExp) => Locator
}

type Settings = Record<string, unknown>

export const test = base.extend<{
  settings: Settings
  isTrustAsked: boolean
  editor: Editor
  window: Window
}>({
  /** Settings of the user, beside the server’s address. */
  settings: [{}, { option: true }],
  /** Whether VS Code opens folders in restricted mode until they are trusted. */
  isTrustAsked: [false, { option: true }],
  editor: async ({ baseURL, settings, isTrustAsked }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'tallyforge-editor-'))
    const { editor, stop } = await startEditor(home, isTrustAsked, {
      'tallyforge.serverUrl': new URL(baseURL ?? '').origin,
      ...settings,
    })
    await use(editor)
    await stop()
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  },
  window: async ({ editor, page }, use) => {
    await use(await editor.open(page))
  },
})

export { expect }

/** Signs in by the code that the window shows, in the browser that opens. */
export async function signIn(window: Window, context: BrowserContext): Promise<void> {
  const [browser] = await Promise.all([context.waitForEvent('page'), window.run('Tallyforge: Sign in')])
  const code = /[A-Z]{4}-[A-Z]{4}/
  await expect(window.notice(code)).toBeVisible()
  const [userCode = ''] = code.exec((await window.notice(code).textContent()) ?? '') ?? []
  // code-server leads addresses on this machine through itself, where the web app cannot live: straight to it.
  expect(browser.url()).toContain(`/device?code=${userCode}`)
  await browser.goto(`/device?code=${userCode}`)
  await browser.getByRole('button', { name: 'Continue' }).click()
  await browser.getByRole('button', { name: 'Let it in' }).click()
  await expect(browser.getByRole('heading', { name: 'It is signed in' })).toBeVisible()
  await browser.close()
  await expect(window.statusBar(/[\d,]+ tokens/)).toBeVisible()
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
      'extensions.autoCheckUpdates': false,
      'chat.disableAIFeatures': true,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      ...settings,
    }),
  )
  const places = ['--user-data-dir', userData, '--extensions-dir', join(home, 'extensions')]
  const [code] = await once(startNode(entry, [...places, '--install-extension', vsix]), 'exit')
  if (code !== 0)
    throw new Error(`VS Code refused ${vsix}: build it with “pnpm --filter @tallyforge/vscode run package”`)
  const port = await freePort(34_700 + (process.pid % 100) * 2)
  const origin = `http://127.0.0.1:${port}`
  const server = startNode(entry, [
    ...places,
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(isTrustAsked ? [] : ['--disable-workspace-trust']),
    folder,
  ])
  await untilAnswers(`${origin}/healthz`, server)
  const editor: Editor = { folder, origin, open: (page) => openWindow(page, `${origin}/?folder=${folder}`) }
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
    stdio: ['ignore', 'ignore', 'ignore'],
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
  await expect(page.locator('.monaco-workbench')).toBeVisible({ timeout: 60_000 })
  const statusBar = (text: string | RegExp) => page.locator('.statusbar-item').filter({ hasText: text })
  // The extension has started when its part of the status bar is there.
  await expect(statusBar(/Tallyforge|tokens|[A-Z]{4}-[A-Z]{4}/)).toBeVisible({ timeout: 60_000 })
  return {
    page,
    statusBar,
    notice: (text) => page.locator('.notification-toast').filter({ hasText: text }),
    run: async (command) => {
      await page.keyboard.press('F1')
      const input = page.locator('.quick-input-widget input').first()
      await input.fill(`>${command}`)
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: command }).first().click()
    },
  }
}
