import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, generate, makePlugin, type Person, test } from '../person.ts'

async function pagesOf(person: Person): Promise<Record<string, string>> {
  const pluginId = await makePlugin(person, 'Show the word count in the status bar')
  const own = `/${person.slug}`
  return {
    landing: '/',
    dashboard: `${own}/plugins`,
    create: `${own}/plugins/new`,
    editor: `${own}/plugins/${pluginId}`,
    diff: `${own}/plugins/${pluginId}?tab=diff`,
    about: `${own}/plugins/${pluginId}?tab=about`,
    tokens: `${own}/tokens`,
    profile: `${own}/profile`,
    device: '/device',
    'not found': `${own}/nothing-here`,
  }
}

async function settle(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('main')).toBeVisible()
  // The watch stays open, so the network is never idle: wait for the skeletons to be gone.
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has an accessibility fault (${colorScheme})`, async ({ page, person }) => {
    test.slow()
    await page.emulateMedia({ colorScheme })
    for (const [name, path] of Object.entries(await pagesOf(person))) {
      await settle(page, path)
      await expectNoFault(page, name)
    }
  })
}

test('no page scrolls sideways at 390 pixels, nor on a desktop at 200 %', async ({ page, person }) => {
  test.slow()
  for (const [name, path] of Object.entries(await pagesOf(person))) {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 720, height: 450 },
    ]) {
      await page.setViewportSize(viewport)
      await settle(page, path)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `${name}, ${viewport.width}`).toBe(0)
    }
  }
})

test('no page says anything to the console, and none is refused by the content security policy', async ({
  page,
  person,
}) => {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
  for (const path of Object.values(await pagesOf(person))) await settle(page, path)
  expect(said).toEqual([])
})

test('a page that this device has seen asks for everything in one request', async ({ page, person }) => {
  test.slow()
  const { 'not found': _, ...pages } = await pagesOf(person)
  // The organization becomes known here.
  await settle(page, pages.dashboard ?? '')
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/trpc/') && !pathname.endsWith('/plugins.watch')) asked.push(pathname)
  })
  for (const [name, path] of Object.entries(pages)) {
    asked.length = 0
    await settle(page, path)
    await page.waitForLoadState('load')
    expect(asked, name).toHaveLength(1)
  }
})

test('sign-in and sign-up have no accessibility fault, empty or wrong, light or dark', async ({ page }) => {
  test.slow()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of ['/sign-in', '/sign-up']) {
      await settle(page, path)
      for (const isWrong of [false, true]) {
        if (isWrong) {
          await page.getByRole('button', { name: /^(Sign in|Create account)$/ }).click()
          await expect(page.getByRole('alert').first()).toBeVisible()
        }
        await expectNoFault(page, `${path}, ${colorScheme}, ${isWrong ? 'wrong' : 'empty'}`)
      }
    }
  }
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what floats, and what a plugin stands at, has no accessibility fault (${colorScheme})`, async ({
    page,
    person,
  }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { slug } = person
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await generate(person, 'Count the characters too', 'sandbox/invalid', pluginId)
    await page.goto(`/${slug}/plugins/${pluginId}`)
    await expect(page.getByRole('region', { name: 'What is ready' })).toBeVisible({ timeout: 30_000 })
    await expectNoFault(page, 'not ready, with a version before that is')
    await page.goto(`/${slug}/plugins`)
    await expect(page.getByText('v1 ready').filter({ visible: true })).toBeVisible()
    await expectNoFault(page, 'dashboard')
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('option', { name: 'Word Count' })).toBeVisible()
    await expectNoFault(page, 'palette')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await expectNoFault(page, 'shortcuts')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Actions for Word Count' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await expectNoFault(page, 'a message with Undo')
    await page.goto(`/${slug}/tokens?from=2026-03-02&to=2026-03-01`)
    await expect(page.getByText('choose an earlier one')).toBeVisible()
    await expectNoFault(page, 'days the wrong way round')
    await page.route('**/trpc/**', (route) => route.abort('connectionrefused'))
    await page.goto(`/${slug}/plugins`)
    await expect(page.getByRole('heading', { name: 'The page could not be loaded' })).toBeVisible()
    await expectNoFault(page, 'a server that does not answer')
  })
}

async function expectNoFault(page: Page, what: string): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const faults = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])
  expect(faults, what).toEqual([])
}
