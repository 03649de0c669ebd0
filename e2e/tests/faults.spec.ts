import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { toPublicId } from '@tallyforge/core/ids'
import { startApi } from '../api.ts'
import { expect, generate, makePlugin, type Person, signIn, test } from '../person.ts'

const calls = '**/trpc/**'

/** Everything the page shows from now on, also for a moment only. */
async function watchWords(page: Page) {
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seenWords: seen })
    const note = () => seen.add(document.body?.textContent ?? '')
    new MutationObserver(note).observe(document, { childList: true, subtree: true, characterData: true })
  })
  return () =>
    page.evaluate(() => [...(window as unknown as { seenWords: Set<string> }).seenWords].join('\n'))
}

/** Every height at which the tabs of a page stand from now on. */
async function watchTabs(page: Page) {
  await page.addInitScript(() => {
    const seen = new Set<number>()
    Object.assign(window, { seenTops: seen })
    const note = () => {
      const tabs = document.querySelector('[role="tablist"]')
      if (tabs) seen.add(Math.round(tabs.getBoundingClientRect().top))
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  return () => page.evaluate(() => [...(window as unknown as { seenTops: Set<number> }).seenTops])
}

test('a server that does not answer is said on the page, with the way back', async ({ page, person }) => {
  await page.route(calls, (route) => route.abort('connectionrefused'))
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.getByRole('heading', { name: 'The page could not be loaded' })).toBeVisible()
  await expect(page.getByText('The server does not answer.')).toBeVisible()
  await page.unroute(calls)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Plugins', exact: true })).toBeVisible()
})

test('a page that the server left comes back by itself', async ({ page, person }) => {
  await page.route(calls, (route) => route.abort('connectionrefused'))
  await page.goto(`/${person.slug}/tokens`)
  await expect(page.getByRole('heading', { name: 'The page could not be loaded' })).toBeVisible()
  await page.unroute(calls)
  await expect(page.getByRole('heading', { name: 'Tokens', exact: true })).toBeVisible()
})

test('a part that fails says so in its place, and the rest of the page works', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins/new`)
  await page.route(/plugins\.list/, (route) => route.fulfill({ status: 502, body: 'Bad gateway' }))
  await page.getByRole('link', { name: 'Plugins', exact: true }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'The server does not answer' })
  await expect(alert).toBeVisible()
  await expect(page.getByRole('link', { name: 'New plugin' })).toBeVisible()
  await page.unroute(/plugins\.list/)
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Describe your first plugin')).toBeVisible()
})

test('a slow server shows the shape of the page, and nothing that is not true or that moves', async ({
  page,
  person,
}) => {
  await makePlugin(person, 'Sort the selected lines')
  const seen = await watchWords(page)
  const tops = await watchTabs(page)
  await page.route(calls, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await route.continue()
  })
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.locator('[aria-busy="true"]').first()).toBeVisible()
  await expect(page.getByRole('row', { name: /Sort Lines/ })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const words = await seen()
  expect(words).toContain('Sort Lines')
  for (const untrue of ['Describe your first plugin', 'Nothing found', 'not be loaded', 'offline', 'Sign in'])
    expect(words).not.toContain(untrue)
  // The first steps push nothing down that was there to be clicked.
  await expect(page.getByRole('region', { name: 'First steps' })).toBeVisible()
  expect(await tops()).toHaveLength(1)
})

const codeOf = async (page: Page) => (await page.locator('.cm-content').textContent()) ?? ''

test('a server that restarts in the middle of a stream is noticed quietly, and nothing is lost', async ({
  page,
  person,
  context,
}) => {
  // The model is asked by the run's own server; this one only shows what is stored.
  const api = await startApi()
  try {
    const { pluginId, id } = await generate(person, 'Show the word count in the status bar', 'sandbox/slow')
    await page.goto(`${api.origin}/${person.slug}/plugins/${pluginId}`)
    const thread = page.getByRole('region', { name: 'Prompts' })
    await expect(thread).toContainText('template writer')
    await api.stop()
    await expect(page.getByText('The connection to the server is lost. Reconnecting…')).toBeVisible()
    await api.start()
    await expect(page.getByText('The connection to the server is lost.')).toBeHidden()
    // Whoever comes anew is told everything from the start: a hole would show as a difference.
    const anew = await context.newPage()
    await anew.goto(`/${person.slug}/plugins/${pluginId}`)
    for (const tab of [page, anew]) {
      await tab.getByRole('treeitem', { name: /package.json/ }).click({ timeout: 30_000 })
      await expect(tab.locator('.cm-content')).toContainText('"displayName"')
    }
    const codes = await Promise.all([page, anew].map(codeOf))
    const [longer = '', shorter = ''] = codes.sort((one, other) => other.length - one.length)
    expect(longer.startsWith(shorter)).toBe(true)
    await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: id })
    await expect(page.getByText('Canceled').first()).toBeVisible()
  } finally {
    await api.stop()
  }
})

test('what ended while the server was away is there when it comes back', async ({ page, person }) => {
  const api = await startApi()
  try {
    const pluginId = await makePlugin(person, 'Sort the selected lines')
    await page.goto(`${api.origin}/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByText('Version 1 is ready')).toBeVisible()
    await api.stop()
    await generate(person, 'Add a keybinding ctrl+alt+w', undefined, pluginId)
    await expect
      .poll(
        async () => (await person.client.plugins.byId.query({ orgId: person.orgId, pluginId })).latestVersion,
      )
      .toMatchObject({ number: 2 })
    await api.start()
    await expect(page.getByText('Version 2 is ready')).toBeVisible({ timeout: 20_000 })
  } finally {
    await api.stop()
  }
})

test('a session that ends in the middle costs no words: sign in, and be where you were', async ({
  page,
  person,
  context,
}) => {
  const prompt = 'Sort the selected lines, and keep the order of equal ones'
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Sort the selected lines')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await context.clearCookies()
  await page.getByLabel('Describe the plugin').fill(prompt)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signIn(page, person)
  await expect(page).toHaveURL(new RegExp(`/${person.slug}/plugins/new$`))
  await expect(page.getByLabel('Describe the plugin')).toHaveValue(prompt)
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })
})

test('a session that ends is noticed by a plugin that is open', async ({ page, person, context }) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await page.goto(`/${person.slug}/plugins/${pluginId}?tab=about`)
  await page.getByLabel('What should change?').fill('Sort them backwards')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await context.clearCookies()
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await signIn(page, person)
  await expect(page).toHaveURL(new RegExp(`${pluginId}\\?tab=about`))
  await expect(page.getByLabel('What should change?')).toHaveValue('Sort them backwards')
})

test('a session that is ended elsewhere is noticed by a page that does nothing', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.getByRole('heading', { name: 'Plugins', exact: true })).toBeVisible()
  await person.client.auth.signOut.mutate()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
})

test('a plugin that is not there is said to be, and its page follows the organization', async ({
  page,
  person,
}) => {
  const followed: (string | null)[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.endsWith('/plugins.watch')) followed.push(searchParams.get('input'))
  })
  for (const pluginId of [toPublicId('plugin', randomUUID()), 'nonsense']) {
    followed.length = 0
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
    await expect.poll(() => followed.length).toBeGreaterThan(1)
    expect(followed[0]).toContain(pluginId)
    expect(followed[1]).not.toContain(pluginId)
  }
})

/** Sets aside nearly all that a person has, by calls that never answer. */
async function spendAll(person: Person) {
  for (let call = 0; call < 12; call++) {
    const { available } = await person.client.tokens.balance.query({ orgId: person.orgId })
    if (available < 500_000_000n) return
    await person.client.plugins.generate.mutate({
      orgId: person.orgId,
      operationId: randomUUID(),
      prompt: 'Sort lines',
      model: 'sandbox/hang',
      cap: available - 400_000_000n,
    })
  }
}

test('too few tokens are said before anything is sent, with what to do', async ({ page, person }) => {
  await spendAll(person)
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Show the word count in the status bar')
  await expect(page.getByText(/tokens are missing/)).toBeVisible()
  await expect(page.getByText(/lower spending cap.*ask an owner to add tokens/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Generate' })).toBeDisabled()
  await page.getByLabel('Spending cap in tokens').fill('300')
  await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
})

test('tokens that went elsewhere meanwhile are a refusal with what to do, and the words stay', async ({
  page,
  person,
}) => {
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Show the word count in the status bar')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  // The page's own estimate is from before.
  await page.route(/tokens\.balance|plugins\.quote|plugins\.watch/, () => undefined)
  await spendAll(person)
  await page.getByRole('button', { name: 'Generate' }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'It did not start' })
  await expect(refusal).toContainText(/tokens/)
  await expect(refusal).toContainText(/Add|lower|choose|wait/i)
  await expect(page.getByLabel('Describe the plugin')).toHaveValue('Show the word count in the status bar')
})

test('what was done already is not done again, and reads as done', async ({ page, person, context }) => {
  const { pluginId } = await generate(person, 'Sort lines', 'sandbox/slow')
  const late = await context.newPage()
  // This page is not told that the other one has stopped it.
  await late.route(/plugins\.watch/, (route) => route.abort())
  for (const tab of [late, page]) {
    await tab.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(tab.getByRole('button', { name: 'Stop' })).toBeVisible()
  }
  for (const tab of [page, late]) {
    await tab.getByRole('button', { name: 'Stop' }).click()
    await expect(tab.getByText('Canceled').first()).toBeVisible()
    await expect(tab.getByRole('alert')).toHaveCount(0)
  }

  // An answer that was lost on its way: the same act again finds the first one.
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Insert a UUID at every cursor')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await page.route(
    /plugins\.generate/,
    async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'It did not start' })).toBeVisible()
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page).toHaveURL(/\/plugins\/plg_/)
  const { items } = await person.client.plugins.list.query({ orgId: person.orgId })
  expect(items).toHaveLength(2)
})

test('a plugin that was archived elsewhere says so to whoever goes on with it, and comes back with the words', async ({
  page,
  person,
}) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await page.getByLabel('What should change?').fill('Sort them backwards')
  await person.client.plugins.archive.mutate({ orgId: person.orgId, pluginId })
  await expect(page.getByText('This plugin is archived.')).toBeVisible()
  await expect(page.getByLabel('What should change?')).toBeHidden()
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await expect(page.getByLabel('What should change?')).toHaveValue('Sort them backwards')
})

test('names made of markup are words on every page', async ({ page, person }) => {
  const markup = `<img src=x onerror="window.wasRun=1"><b>bold</b> & "quoted"`
  await person.client.auth.updateProfile.mutate({ name: markup })
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await person.client.plugins.rename.mutate({ orgId: person.orgId, pluginId, title: markup })
  const own = `/${person.slug}`
  for (const path of [`${own}/plugins`, `${own}/plugins/${pluginId}`, `${own}/tokens`, `${own}/profile`]) {
    await page.goto(path)
    await expect(page.getByText('<b>bold</b>').first()).toBeVisible()
  }
  await page.goto(`${own}/plugins`)
  await expect(page.getByRole('link', { name: markup })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('option', { name: markup })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Actions for ${markup}` }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByText(`Archived “${markup}”`)).toBeVisible()
  expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
})

test('a title that is too long is refused with words, and the old one stays', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await page.getByRole('button', { name: 'Plugin actions' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByLabel('Title').fill('x'.repeat(500))
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByText(/at most 100 characters/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Sort Lines' })).toBeVisible()
})

test('words that run from right to left, wide characters and endless ones stay in their places', async ({
  page,
  person,
}) => {
  const titles = {
    arabic: 'فرز الأسطر المحددة (حسب الطول).',
    hebrew: 'מיון שורות לפי אורך!',
    japanese: '選択した行を長さの順に並べ替えて、同じ長さの行の順序はそのままにする拡張機能',
    endless: 'w'.repeat(100),
  }
  for (const title of Object.values(titles)) {
    // A name needs no code: this model never answers with any.
    const { pluginId } = await generate(person, 'Sort the selected lines', 'sandbox/401')
    await person.client.plugins.rename.mutate({ orgId: person.orgId, pluginId, title })
  }
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await page.goto(`/${person.slug}/plugins`)
    for (const title of Object.values(titles)) {
      const link = page.getByRole('link', { name: title, exact: true })
      await expect(link).toBeVisible()
      // Full stops and brackets of a right-to-left title stand at its own end.
      const isRightToLeft = title === titles.arabic || title === titles.hebrew
      expect(await link.evaluate((element) => element.matches(':dir(rtl)'))).toBe(isRightToLeft)
    }
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('link', { name: titles.endless, exact: true }).click()
    await expect(page.getByRole('heading', { name: titles.endless })).toBeVisible()
    expect(await overflowOf(page)).toBe(0)
  }
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill(titles.arabic)
  expect(await page.getByLabel('Describe the plugin').evaluate((field) => field.matches(':dir(rtl)'))).toBe(
    true,
  )
})

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('two tabs on one plugin tell the same story', async ({ page, person, context }) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  const other = await openBeside(context, `/${person.slug}/plugins/${pluginId}`)
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await page.getByLabel('What should change?').fill('Add a keybinding ctrl+alt+w')
  await page.getByRole('button', { name: 'Generate' }).click()
  for (const tab of [page, other])
    await expect(tab.getByText('Version 2 is ready')).toBeVisible({ timeout: 30_000 })
  await expect(other.getByText('Add a keybinding ctrl+alt+w').first()).toBeVisible()
})

async function openBeside(context: BrowserContext, path: string) {
  const page = await context.newPage()
  await page.goto(path)
  await expect(page.getByText('Version 1 is ready')).toBeVisible()
  return page
}

test('back and forward go through every state that was seen', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  const own = `/${person.slug}`
  await page.goto(`${own}/plugins`)
  await page.getByRole('tab', { name: 'Archived' }).click()
  await expect(page).toHaveURL(/state=archived/)
  await page.getByRole('tab', { name: 'Active' }).click()
  await page.getByRole('link', { name: 'Sort Lines' }).click()
  await page.getByRole('tab', { name: 'Diff' }).click()
  await page.getByRole('tab', { name: 'About' }).click()
  await page.getByRole('link', { name: 'Tokens', exact: true }).click()
  // The plugin's commands, which the page before shows, are rows too.
  await page
    .getByRole('table', { name: 'History' })
    .getByRole('row', { name: /Sort Lines/ })
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()

  const states: [RegExp, () => Promise<void>][] = [
    [
      /\/plugins$/,
      () => expect(page.getByRole('tab', { name: 'Active' })).toHaveAttribute('aria-selected', 'true'),
    ],
    [/state=archived/, () => expect(page.getByText('Nothing archived')).toBeVisible()],
    [/\/plugins$/, () => expect(page.getByRole('link', { name: 'Sort Lines' })).toBeVisible()],
    [new RegExp(`${pluginId}$`), () => expect(page.getByText('Version 1 is ready')).toBeVisible()],
    [
      /tab=diff/,
      () => expect(page.getByRole('tab', { name: 'Diff' })).toHaveAttribute('aria-selected', 'true'),
    ],
    [
      /tab=about/,
      () => expect(page.getByRole('tab', { name: 'About' })).toHaveAttribute('aria-selected', 'true'),
    ],
    [/\/tokens$/, () => expect(page.getByRole('dialog')).toHaveCount(0)],
    [/receipt=/, () => expect(page.getByRole('dialog')).toBeVisible()],
  ]
  const seen = async ([address, shows]: (typeof states)[number]) => {
    await expect(page).toHaveURL(address)
    await shows()
  }
  for (const state of states.toReversed().slice(1)) {
    await page.goBack()
    await seen(state)
  }
  for (const state of states.slice(1)) {
    await page.goForward()
    await seen(state)
  }
})

/** Goes on from stop to stop until the keyboard stands where the test wants to press. */
async function tabTo(page: Page, name: string | RegExp) {
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused)) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

test('the keyboard alone leads from the start page to an installed file', async ({ page }) => {
  await page.goto('/')
  await tabTo(page, 'Create an account')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Grace Keys')
  await page.keyboard.press('Tab')
  await page.keyboard.type(`${randomUUID()}@example.com`)
  await page.keyboard.press('Tab')
  await page.keyboard.type('correct horse battery')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Plugins', exact: true })).toBeVisible()

  await page.keyboard.press('c')
  await expect(page.getByLabel('Describe the plugin')).toBeFocused()
  await page.keyboard.type('Show the word count in the status bar')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })

  await tabTo(page, 'Download .vsix')
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')
})

test('nothing moves for people who want no motion', async ({ page, person }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { pluginId, id } = await generate(person, 'Show the word count in the status bar', 'sandbox/slow')
  for (const path of ['/', `/${person.slug}/plugins`, `/${person.slug}/plugins/${pluginId}`]) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    await page.waitForTimeout(500)
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .map(({ effect }) => (effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 200)),
    )
    expect(moving, path).toEqual([])
  }
  await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: id })
})

test('a page whose code is gone after a new release offers to load it again', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.getByText('Describe your first plugin')).toBeVisible()
  await page.route(/\/assets\/TokensPage.*\.js/, (route) => route.fulfill({ status: 404 }))
  await page.getByRole('link', { name: 'Tokens', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'This page has to be loaded again' })).toBeVisible()
  await page.unroute(/\/assets\/TokensPage.*\.js/)
  await page.getByRole('button', { name: 'Load it again' }).click()
  await expect(page.getByRole('heading', { name: 'Tokens', exact: true })).toBeVisible()
})

test('a part that does not come leaves the page as it is, and says so', async ({ page, person }) => {
  await page.route(/\/assets\/UserMenu.*\.js/, (route) => route.fulfill({ status: 404 }), { times: 1 })
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.getByText('A part of this page did not come.')).toBeVisible()
  await expect(page.getByText('Describe your first plugin')).toBeVisible()
  await page.getByRole('button', { name: 'Load the page again' }).click()
  await expect(page.getByRole('button', { name: /account/ })).toBeVisible()
  await expect(page.getByText('A part of this page did not come.')).toBeHidden()
})

test('the tab tells of a generation that runs, on whatever page one is', async ({ page, person }) => {
  await page.goto(`/${person.slug}/tokens`)
  await expect(page).toHaveTitle('Tokens · Tallyforge')
  const { id } = await generate(person, 'Sort lines', 'sandbox/slow')
  await expect(page).toHaveTitle('● Tokens · Tallyforge')
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', '/icon-running.svg')
  await page.getByRole('link', { name: 'Plugins', exact: true }).click()
  await expect(page).toHaveTitle('● Plugins · Tallyforge')
  await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: id })
  await expect(page).toHaveTitle('Plugins · Tallyforge')
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', '/icon.svg')
})
