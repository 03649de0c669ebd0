import type { Page } from '@playwright/test'
import { expectNoFaultInAnyLight } from '../axe.ts'
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
  await settled(page)
}

/** The watch stays open, so the network is never idle: wait for the skeletons to be gone. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

test('no page has an accessibility fault', async ({ page, person }) => {
  test.slow()
  for (const [name, path] of Object.entries(await pagesOf(person))) {
    await settle(page, path)
    await expectNoFaultInAnyLight(page, name)
  }
})

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

test('sign-in and sign-up have no accessibility fault, empty or wrong', async ({ page }) => {
  for (const path of ['/sign-in', '/sign-up']) {
    await settle(page, path)
    await expectNoFaultInAnyLight(page, `${path}, empty`)
    await page.getByRole('button', { name: /^(Sign in|Create account)$/ }).click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expectNoFaultInAnyLight(page, `${path}, wrong`)
  }
})

test('what floats, and what a plugin stands at, has no accessibility fault', async ({ page, person }) => {
  test.slow()
  const { slug } = person
  const pluginId = await makePlugin(person, 'Show the word count in the status bar')
  await generate(person, 'Count the characters too', 'sandbox/invalid', pluginId)
  await page.goto(`/${slug}/plugins/${pluginId}`)
  await expect(page.getByRole('region', { name: 'What is ready' })).toBeVisible({ timeout: 30_000 })
  await settled(page)
  await expectNoFaultInAnyLight(page, 'not ready, with a version before that is')
  await page.goto(`/${slug}/plugins`)
  await expect(page.getByText('v1 ready').filter({ visible: true })).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'dashboard')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('option', { name: 'Word Count' })).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'palette')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions for Word Count' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'a message with Undo')
  await page.goto(`/${slug}/tokens?from=2026-03-02&to=2026-03-01`)
  await expect(page.getByText('choose an earlier one')).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'days the wrong way round')
  await page.route('**/trpc/**', (route) => route.abort('connectionrefused'))
  await page.goto(`/${slug}/plugins`)
  await expect(page.getByRole('heading', { name: 'The page could not be loaded' })).toBeVisible()
  await settled(page)
  await expectNoFaultInAnyLight(page, 'a server that does not answer')
})
