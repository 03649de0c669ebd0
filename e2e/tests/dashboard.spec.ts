import type { Page } from '@playwright/test'
import { expect, makePlugin, type Person, test } from '../person.ts'

const titles = (page: Page) =>
  page.getByRole('table', { name: 'Plugins' }).getByRole('row').getByRole('link').allTextContents()

async function openDashboard(page: Page, person: Person, search = ''): Promise<void> {
  await page.goto(`/${person.slug}/plugins${search}`)
  await expect(page.getByRole('heading', { name: 'Plugins', exact: true })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

test('plugins are sorted by the address, and back goes back', async ({ page, person }) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await makePlugin(person, 'Sort the selected lines')
  await makePlugin(person, 'Draw the lines per language of the workspace as a chart')
  await openDashboard(page, person)
  await expect.poll(() => titles(page)).toEqual(['Line Chart', 'Sort Lines', 'Word Count'])
  await page.getByRole('combobox', { name: 'Sort by' }).click()
  await page.getByRole('option', { name: 'Title' }).click()
  await expect(page).toHaveURL(/sort=title/)
  await expect.poll(() => titles(page)).toEqual(['Line Chart', 'Sort Lines', 'Word Count'])
  await person.client.plugins.rename.mutate({
    orgId: person.orgId,
    pluginId: (await person.client.plugins.list.query({ orgId: person.orgId })).items[0]?.id ?? '',
    title: 'zebra',
  })
  await page.reload()
  await expect.poll(() => titles(page)).toEqual(['Sort Lines', 'Word Count', 'zebra'])
  await page.goBack()
  await expect(page).not.toHaveURL(/sort/)
  await expect.poll(() => titles(page)).toEqual(['zebra', 'Sort Lines', 'Word Count'])
})

test('archiving can be undone', async ({ page, person }) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await openDashboard(page, person)
  await page.getByRole('button', { name: 'Actions for Word Count' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect.poll(() => titles(page).catch(() => [])).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => titles(page)).toEqual(['Word Count'])
})

test('the first steps tick themselves, and hide when they are told to', async ({ page, person }) => {
  await openDashboard(page, person)
  const steps = page.getByRole('region', { name: 'First steps' })
  await expect(steps.getByText('0 of 4')).toBeVisible()
  const pluginId = await makePlugin(person, 'Show the word count in the status bar')
  await openDashboard(page, person)
  await expect(steps.getByText('2 of 4')).toBeVisible()
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download .vsix' }).click()
  await download
  await openDashboard(page, person)
  await expect(steps.getByText('3 of 4')).toBeVisible()
  await page.getByRole('button', { name: 'Hide the first steps' }).click()
  await expect(steps).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('link', { name: 'Word Count' })).toBeVisible()
  await expect(steps).toHaveCount(0)
})

test('what ended while nobody looked is told once', async ({ page, person }) => {
  await openDashboard(page, person)
  await page.goto('/')
  await makePlugin(person, 'Show the word count in the status bar')
  await openDashboard(page, person)
  const ended = page.getByRole('region', { name: 'Done while you were away' })
  await expect(ended.getByRole('link', { name: 'Word Count' })).toBeVisible()
  await expect(ended.getByText('Ready')).toBeVisible()
  await openDashboard(page, person)
  await expect(ended).toHaveCount(0)
})

test('a running generation shows how long it runs', async ({ page, person }) => {
  await openDashboard(page, person)
  await person.client.plugins.generate.mutate({
    orgId: person.orgId,
    operationId: crypto.randomUUID(),
    prompt: 'Show the word count in the status bar',
    model: 'sandbox/slow',
  })
  await expect(page.getByRole('progressbar', { name: 'Progress' }).filter({ visible: true })).toBeVisible()
  await expect(page.getByText(/^0:\d\d$/).filter({ visible: true })).toBeVisible()
})

for (const width of [1440, 390]) {
  test(`what is told for a moment covers no banner (${width})`, async ({ page, person }) => {
    await page.setViewportSize({ width, height: 844 })
    await makePlugin(person, 'Show the word count in the status bar')
    await openDashboard(page, person)
    await page.getByRole('button', { name: 'Actions for Word Count' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    const banner = await page.getByRole('complementary', { name: 'About the model' }).boundingBox()
    const toast = await page.locator('[data-sonner-toast]').boundingBox()
    expect(toast?.y).toBeGreaterThan((banner?.y ?? 0) + (banner?.height ?? Number.MAX_VALUE))
  })
}
