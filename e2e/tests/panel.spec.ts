import type { Page } from '@playwright/test'
import type { Act, HostState } from '../../apps/vscode/src/bridge/protocol.ts'
import { startApi } from '../api.ts'
import { expectNoFault } from '../axe.ts'
import { openPanel, openPanelPage, type PanelTheme, panelThemes } from '../panel.ts'
import { expect, generate, makePlugin, makeVersion, type Person, test } from '../person.ts'

const words = 'Show the word count in the status bar'
const generateButton = (page: Page) => page.getByRole('button', { name: 'Generate' })

type DevHost = {
  acts: Act[]
  change: (state: Partial<HostState>) => void
  go: (to: { name: 'tokens' } | { name: 'plugin'; pluginId: string }) => void
}

/** What the panel asked VS Code to do. */
const actsOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { devHost: DevHost }).devHost.acts)

/** Leads the panel to a plugin, as the tree of plugins does. */
const goToPlugin = (page: Page, pluginId: string) =>
  page.evaluate(
    (id) => (globalThis as unknown as { devHost: DevHost }).devHost.go({ name: 'plugin', pluginId: id }),
    pluginId,
  )

/** Names another server in the settings. */
const setServer = (page: Page, url: string) =>
  page.evaluate(
    (next) =>
      (globalThis as unknown as { devHost: DevHost }).devHost.change({
        server: { url: next, check: { status: 'compatible', serverVersion: '0.1.0' } },
      }),
    url,
  )

/** Whatever the page's content security policy has refused so far. */
function watchPolicy(page: Page) {
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  return refused
}

/** Nothing that axe finds and nothing that does not fit, in a narrow side bar and in a wide one. */
async function expectAccessible(page: Page, theme: PanelTheme = panelThemes[0]) {
  for (const width of [480, 300]) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoFault(page, `${theme}, ${width}`, { colorsOnly: theme !== panelThemes[0] })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  }
}

for (const theme of panelThemes) {
  test(`every view is accessible and fits (${theme})`, async ({ page, person }) => {
    test.slow()
    const refused = watchPolicy(page)
    await openPanelPage(page, { theme })
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await expectAccessible(page, theme)

    await openPanel(page, person, { theme })
    await expect(page.getByText('Or begin with one of these')).toBeVisible()
    await expectAccessible(page, theme)
    const [failed, pluginId] = await Promise.all([
      makePlugin(person, 'Sort lines', 'sandbox/invalid'),
      makePlugin(person, words),
    ])
    await expect(page.getByRole('button', { name: /Word Count/ })).toBeVisible()
    await page.getByLabel('Describe the plugin').fill(words)
    await expect(page.getByText(/^About .* tokens/)).toBeVisible()
    await expectAccessible(page, theme)

    await goToPlugin(page, pluginId)
    await expect(page.getByText('Version 1 is ready')).toBeVisible()
    for (const title of ['Files', 'Checks', 'Versions']) {
      await page.getByRole('heading', { name: title, exact: true }).click()
    }
    await expect(page.getByText('6 of 6 passed')).toBeVisible()
    await expectAccessible(page, theme)
    await goToPlugin(page, failed)
    await expect(page.getByRole('button', { name: 'Try again with this error' })).toBeVisible()
    await expectAccessible(page, theme)
    const { id } = await generate(person, words, 'sandbox/slow', pluginId)
    await goToPlugin(page, pluginId)
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
    await expectAccessible(page, theme)
    await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: id })

    await page.getByRole('button', { name: 'Back to plugins' }).click()
    await page.getByRole('button', { name: /tokens/ }).click()
    await page.getByRole('button', { name: words }).first().click()
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible()
    await expect(page.getByText('Held at')).toBeVisible()
    await expectAccessible(page, theme)
    expect(refused).toEqual([])
  })
}

test('what is ready says first what of the wish was not done', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Teach my parrot to sing opera')
  await openPanel(page, person)
  await goToPlugin(page, pluginId)
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result).toContainText('Not everything was done')
  await expect(result).toContainText(/You paid [\d.]+ tokens for this version\./)
  await expectAccessible(page)
})

test('a person signs in with the code that the browser lets in, and out again', async ({ page, person }) => {
  await openPanelPage(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  const code = page.getByRole('status').filter({ hasText: 'Your code is' })
  await expect(code).toBeVisible()
  await expect(page.getByText('Waiting for your browser…')).toBeVisible()
  await expectAccessible(page)
  const userCode = (await code.textContent())?.replace('Your code is', '').trim() ?? ''
  await page.getByRole('button', { name: 'Copy code' }).click()
  expect(await actsOf(page)).toContainEqual({ name: 'copy', text: userCode })
  await person.client.auth.device.approve.mutate({ userCode })
  await expect(page.getByText('Or begin with one of these')).toBeVisible()

  await page.getByLabel('Describe the plugin').fill('A secret plan')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
  expect(kept).not.toContain('A secret plan')
})

test('a sign-in can be given up', async ({ page }) => {
  await openPanelPage(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

for (const [check, title] of [
  ['unreachable', 'The server does not answer'],
  ['client-too-old', 'This extension is too old'],
  ['server-too-old', 'The server is too old'],
] as const) {
  test(`a server that cannot be used says what to do (${check})`, async ({ page }) => {
    await openPanelPage(page, { play: { check } })
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Open settings' }).click()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => actsOf(page)).toEqual([{ name: 'openSettings' }, { name: 'checkServer' }])
  })
}

test('the main job: describe, watch, ready, install, refine, compare, restore, uninstall', async ({
  page,
  person,
}) => {
  test.slow()
  await openPanel(page, person)
  await page.getByLabel('Describe the plugin').fill(words)
  await expect(page.getByText(/^About .* tokens · up to .* held/)).toBeVisible()
  await page.getByLabel('Describe the plugin').press('ControlOrMeta+Enter')
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/^Its code /).first()).toBeVisible()
  await page.getByRole('button', { name: 'Install in VS Code' }).click()
  await expect(page.getByText('Version 1 is installed in this VS Code')).toBeVisible()

  await expect(page.getByText('Changes version 1')).toBeVisible()
  await page.getByLabel('What should change?').fill('Add a keybinding ctrl+alt+w')
  await generateButton(page).click()
  await expect(page.getByText('Version 2 is ready')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Update to version 2' }).click()
  await expect(page.getByText('Version 2 is installed in this VS Code')).toBeVisible()

  await page.getByRole('heading', { name: 'Changes', exact: true }).click()
  await page
    .getByRole('list', { name: 'Changed files' })
    .getByRole('button', { name: /^package.json/ })
    .click()
  await expect
    .poll(() => actsOf(page))
    .toContainEqual(expect.objectContaining({ name: 'diff', path: 'package.json' }))
  await page.getByRole('heading', { name: 'Files', exact: true }).click()
  await page
    .getByRole('list', { name: 'Files' })
    .getByRole('button', { name: /^README.md/ })
    .click()
  await page.getByRole('button', { name: 'Apply to folder' }).click()
  await expect
    .poll(async () => (await actsOf(page)).map(({ name }) => name))
    .toEqual(['install', 'install', 'diff', 'openFile', 'apply'])

  await page.getByRole('heading', { name: 'Versions', exact: true }).click()
  await page.getByRole('list', { name: 'Versions' }).getByRole('button', { name: /^v1 / }).click()
  await expect(page.getByText('Older version 1')).toBeVisible()
  await page.getByRole('button', { name: 'Restore as new version' }).click()
  await expect(page.getByText('Version 1 is back as version 3')).toBeVisible()
  await expect(page.getByText('Version 3 is ready')).toBeVisible()
  await page.getByRole('button', { name: 'Uninstall' }).click()
  await expect(page.getByRole('button', { name: 'Install in VS Code' })).toBeVisible()
})

test('a panel that is closed in the middle of writing is where it was when it opens again', async ({
  page,
  person,
}) => {
  await openPanel(page, person)
  await page.getByLabel('Describe the plugin').fill('A pomodoro timer and lines per language in a chart')
  await generateButton(page).click()
  const files = page.getByRole('list', { name: 'Files' })
  await expect(files).toContainText('package.json')
  await page.getByLabel('What should change?').fill('And a sound at its end')
  await page.reload()
  await expect(page.getByLabel('What should change?')).toHaveValue('And a sound at its end')
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByLabel('What should change?')).toHaveValue('And a sound at its end')
})

test('what was written before the panel opened is told from the start', async ({ page, person }) => {
  const { pluginId, id } = await generate(person, words, 'sandbox/slow')
  await openPanel(page, person)
  await page.getByRole('button', { name: words }).click()
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('package.json', { timeout: 30_000 })
  await page.reload()
  await expect(page.getByRole('list', { name: 'Files' })).toContainText('package.json')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText(/Version 1 was stopped|^Stopped$/)).toBeVisible()
  const { items } = await person.client.plugins.generations.query({ orgId: person.orgId, pluginId })
  expect(items.find((generation) => generation.id === id)?.state).toBe('canceled')
})

test('what does not build says why, costs nothing, and offers the next step', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
  await openPanel(page, person)
  await goToPlugin(page, pluginId)
  await expect(page.getByText(/You were not charged/)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Errors' })).toContainText('src/extension.ts')
  await page.getByRole('button', { name: 'Try again with this error' }).click()
  await expect(page.getByLabel('What should change?')).toBeFocused()
  await expect(page.getByLabel('What should change?')).toHaveValue(/^The last version did not build/)
  await expect(page.getByText('Repairs version 1')).toBeVisible()
  await page.getByLabel('Model').selectOption({ label: 'Template writer (not an AI model)' })
  await generateButton(page).click()
  await expect(page.getByText(/Version 2 is/)).toBeVisible({ timeout: 30_000 })
})

test('a lost connection is said quietly, and what happened meanwhile is there afterwards', async ({
  page,
  person,
}) => {
  test.slow()
  // The model is asked by the run's own server; this one only shows what is stored.
  const api = await startApi()
  try {
    const pluginId = await makePlugin(person, words)
    await openPanel(page, person, { origin: api.origin })
    await goToPlugin(page, pluginId)
    await expect(page.getByText('Version 1 is ready')).toBeVisible()
    await page.getByLabel('What should change?').fill('Words that must not be lost')
    await api.stop()
    await expect(page.getByText('Connection lost, reconnecting')).toBeVisible()
    await generate(person, 'Add a keybinding ctrl+alt+w', undefined, pluginId)
    await expectVersion(person, pluginId, 2)
    await api.start()
    await expect(page.getByText('Version 2 is ready')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('Connection lost, reconnecting')).toBeHidden()
    await expect(page.getByLabel('What should change?')).toHaveValue('Words that must not be lost')
  } finally {
    await api.stop()
  }
})

test('not enough tokens says how many are missing and what to do', async ({ page, person }) => {
  const { orgId, client } = person
  // What is held by one call cannot be promised to another.
  const running = []
  for (let each = 0; each < 12; each++) {
    const { missing } = await client.plugins.quote.query({ orgId, prompt: words, model: 'sandbox/slow' })
    if (missing > 0n) break
    running.push(await generate(person, words, 'sandbox/slow'))
  }
  await openPanel(page, person)
  await page.getByLabel('Describe the plugin').fill(words)
  await expect(page.getByText(/tokens are missing/)).toBeVisible()
  await expect(generateButton(page)).toBeDisabled()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Open tokens in the dashboard' }).click()
  await expect
    .poll(() => actsOf(page))
    .toContainEqual({ name: 'openDashboard', path: `/${person.slug}/tokens` })
  await page.getByLabel('Spending cap in tokens').fill('1')
  await expect(page.getByText(/^At least .* for this prompt/)).toBeVisible()
  for (const { id } of running) await client.plugins.cancel.mutate({ orgId, generationId: id })
})

test('a session that was ended elsewhere leads to the way in, and keeps the words', async ({
  page,
  person,
}) => {
  await openPanel(page, person)
  await page.getByLabel('Describe the plugin').fill('Sort the selected lines')
  await expect(page.getByText(/^About .* tokens/)).toBeVisible()
  const sessions = await person.client.auth.sessions.query()
  const device = sessions.find(({ kind }) => kind === 'device')
  await person.client.auth.revokeSession.mutate({ sessionId: device?.id ?? '' })
  await page.getByLabel('Describe the plugin').fill('Sort the selected lines backwards')
  await expect(page.getByText('This editor was signed out. Sign in again.')).toBeVisible()
  await page.getByRole('button', { name: 'Sign in' }).click()
  const code = page.getByRole('status').filter({ hasText: 'Your code is' })
  const userCode = (await code.textContent())?.replace('Your code is', '').trim() ?? ''
  await person.client.auth.device.approve.mutate({ userCode })
  await expect(page.getByLabel('Describe the plugin')).toHaveValue('Sort the selected lines backwards')
})

test('another server finds nothing of this one, which has everything when it is back', async ({
  page,
  person,
}) => {
  await openPanel(page, person)
  await page.getByLabel('Describe the plugin').fill('Words for this server')
  await page
    .getByRole('button', { name: /tokens/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible()
  // The same person with the same organization: as at a copy of the server.
  await setServer(page, 'https://other.example')
  await expect(page.getByLabel('Describe the plugin')).toHaveValue('')
  await setServer(page, new URL(page.url()).origin)
  await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to plugins' }).click()
  await expect(page.getByLabel('Describe the plugin')).toHaveValue('Words for this server')
})

test('in a restricted workspace, and without a folder, nothing can be written', async ({ page, person }) => {
  const pluginId = await makePlugin(person, words)
  await openPanel(page, person, { play: { trust: 'no' } })
  await goToPlugin(page, pluginId)
  await expect(page.getByText(/This workspace is restricted/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Install in VS Code' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Apply to folder' })).toBeDisabled()
  await openPanel(page, person, { play: { folder: 'none' } })
  await goToPlugin(page, pluginId)
  await expect(page.getByText('Open a folder to apply the files to it.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Apply to folder' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Install in VS Code' })).toBeEnabled()
})

test('plugins can be found, archived and brought back', async ({ page, person }) => {
  await makePlugin(person, 'Sort the selected lines')
  await makePlugin(person, words)
  await openPanel(page, person)
  const list = page.getByRole('list', { name: 'Plugins' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('searchbox').fill('sort')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('searchbox').fill('no such plugin')
  await expect(page.getByText(/No plugin has “no such plugin”/)).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await list.getByRole('button', { name: /Word Count/ }).click()
  await page.getByRole('button', { name: 'Plugin actions' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByText('This plugin is archived: it can only be read.')).toBeVisible()
  await expect(page.getByLabel('What should change?')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('What should change?')).toBeVisible()
})

test('a plugin is renamed and duplicated', async ({ page, person }) => {
  const pluginId = await makePlugin(person, words)
  await openPanel(page, person)
  await goToPlugin(page, pluginId)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Plugin actions' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await expect(page.getByText('Version 1 is ready')).toBeVisible()
  await choose('Rename')
  await expect(page.getByRole('heading', { name: 'Another title' })).toBeVisible()
  await choose('Duplicate version 1')
  await expect(page.getByRole('heading', { name: 'Another title (copy)' })).toBeVisible()
  await expect(page.getByText(/this plugin began as a copy/)).toBeVisible()
  await expect(page.getByText('Version 1 is ready')).toBeVisible()
  await page.getByRole('button', { name: 'Back to plugins' }).click()
  await expect(page.getByRole('list', { name: 'Plugins' }).getByRole('listitem')).toHaveCount(2)
})

test('a file is locked and unlocked, and taken back to another version', async ({ page, person }) => {
  const pluginId = await makePlugin(person, words)
  await makeVersion(person, pluginId, 'Add a keybinding ctrl+alt+w')
  await openPanel(page, person)
  await goToPlugin(page, pluginId)
  await expect(page.getByText('Version 2 is ready')).toBeVisible()
  await page.getByRole('heading', { name: 'Files', exact: true }).click()
  const lock = page.getByRole('button', { name: 'Lock README.md', exact: true })
  await lock.click()
  const unlock = page.getByRole('button', { name: 'Unlock README.md' })
  await expect(unlock).toBeVisible()
  const { orgId, client } = person
  const locked = async () => (await client.plugins.byId.query({ orgId, pluginId })).lockedPaths
  expect(await locked()).toEqual(['README.md'])
  await expectAccessible(page)
  await unlock.click()
  await expect(lock).toBeAttached()
  expect(await locked()).toEqual([])

  await page.getByRole('heading', { name: 'Changes', exact: true }).click()
  await page.getByRole('button', { name: 'Revert package.json to version 1' }).click()
  await expect(page.getByText('package.json is as in version 1 again, in version 3')).toBeVisible()
  await expect(page.getByText('Version 3 is ready')).toBeVisible()
})

test('a file whose return would not build stays, and the checks say why', async ({ page, person }) => {
  const pluginId = await makePlugin(person, words)
  const { orgId, client } = person
  const versionId = (await client.plugins.byId.query({ orgId, pluginId })).readyVersion?.id ?? ''
  const { files } = await client.plugins.version.query({ orgId, versionId })
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? ''
  await client.plugins.save.mutate({
    orgId,
    operationId: crypto.randomUUID(),
    versionId,
    changes: [
      { path: 'src/word-count.ts', text: null },
      { path: 'src/words.ts', text: text('src/word-count.ts') },
      { path: 'src/extension.ts', text: text('src/extension.ts').replace('./word-count', './words') },
    ],
  })
  await openPanel(page, person)
  await goToPlugin(page, pluginId)
  await page.getByRole('heading', { name: 'Changes', exact: true }).click()
  await page.getByRole('button', { name: 'Revert src/words.ts to version 1' }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'It does not build this way' })
  await expect(refusal).toContainText('src/extension.ts')
  await expectAccessible(page)
  await expectVersion(person, pluginId, 2)
})

test('the keyboard alone leads from the list to a plugin and back', async ({ page, person }) => {
  await makePlugin(person, words)
  await openPanel(page, person)
  await page.getByRole('button', { name: /Word Count/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /Word Count/ })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Plugins' })).toBeVisible()
})

async function expectVersion({ orgId, client }: Person, pluginId: string, number: number) {
  await expect
    .poll(async () => (await client.plugins.byId.query({ orgId, pluginId })).latestVersion, {
      timeout: 30_000,
    })
    .toMatchObject({ number })
}
