import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, makePlugin, type Person, test } from '../person.ts'

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
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map((violation) => [violation.id, violation.nodes.map((node) => node.html).slice(0, 3)]),
        name,
      ).toEqual([])
    }
  })
}

test('no page scrolls sideways at 390 pixels', async ({ page, person }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [name, path] of Object.entries(await pagesOf(person))) {
    await settle(page, path)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, name).toBe(0)
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
  const { diff: _, 'not found': __, ...pages } = await pagesOf(person)
  // The organization becomes known here.
  await settle(page, pages.dashboard ?? '')
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/trpc/') && !pathname.endsWith('/plugins.watch')) asked.push(pathname)
  })
  for (const [name, path] of Object.entries({ ...pages, profile: `/${person.slug}/profile` })) {
    asked.length = 0
    await settle(page, path)
    await page.waitForLoadState('load')
    expect(asked, name).toHaveLength(1)
  }
})

test('sign-in and sign-up have no accessibility fault', async ({ page }) => {
  for (const path of ['/sign-in', '/sign-up']) {
    await settle(page, path)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.map((violation) => violation.id),
      path,
    ).toEqual([])
  }
})
