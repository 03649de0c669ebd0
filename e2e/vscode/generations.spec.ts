import type { Page } from '@playwright/test'
import { makePlugin } from '../person.ts'
import { expect, test, type Window } from './editor.ts'
import type { FaultyProxy } from './faulty-proxy.ts'

test('Cancel stops a generation, and its cost is told', async ({ person, window, wire }) => {
  await create(window, 'Sort the selected lines', 'sandbox/slow', wire)
  const running = window.notice(/Tallyforge:.*writing/)
  await running.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.notice(/was canceled/)).toBeVisible()
  const { items } = await person.client.plugins.list.query({ orgId: person.orgId })
  expect(items[0]?.activeGeneration).toBeNull()
})

test('what does not pass the checks says so, and costs nothing', async ({ window, wire }) => {
  await create(window, 'Sort the selected lines', 'sandbox/invalid', wire)
  await expect(window.notice(/is not ready.*You were not charged/)).toBeVisible()
  await expect(window.statusBar('10,000 tokens')).toBeVisible()
})

test('a reload in the middle of it loses nothing: the progress comes back, and can be canceled', async ({
  window,
  page,
  wire,
}) => {
  await create(window, 'Sort the selected lines', 'sandbox/slow', wire)
  await expect(window.notice(/Tallyforge:.*writing/)).toBeVisible()
  await page.reload()
  await window.started()
  await window
    .notice(/Tallyforge:.*writing/)
    .getByRole('button', { name: 'Cancel' })
    .click()
  await expect(window.notice(/was canceled/)).toBeVisible()
})

test('what ends while the network is away is told when it is back', async ({ person, window, wire }) => {
  const { orgId, client } = person
  await create(window, 'Sort the selected lines', 'sandbox/slow', wire)
  await expect(window.notice(/Tallyforge:.*writing/)).toBeVisible()
  await wire.cut()
  await expect(window.statusBar(/tokens/).locator('.codicon-debug-disconnect')).toBeVisible()
  const [plugin] = (await client.plugins.list.query({ orgId })).items
  const generationId = plugin?.activeGeneration?.id ?? ''
  await client.plugins.cancel.mutate({ orgId, generationId })
  await wire.mend()
  await expect(window.notice(/was canceled/)).toBeVisible()
  await expect(window.notice(/Tallyforge:.*writing/)).toBeHidden()
  await expect(window.statusBar(/tokens/).locator('.codicon-layers')).toBeVisible()
})

test('a plugin is updated in place, used, and uninstalled', async ({ person, window, page }) => {
  await makePlugin(person, 'Sort the selected lines')
  await window.run('Tallyforge: Install a plugin…')
  await window.choice(/Sort Lines/).click()
  await expect(window.notice(/version 1 is installed/)).toBeVisible()
  await window.run('Sort Lines Ascending')

  await window.run('Tallyforge: Change a plugin…')
  await window.choice(/Sort Lines/).click()
  await window.input.fill('Rename the command “Sort Lines Ascending” to “Order Lines Upwards”')
  await window.input.press('Enter')
  await window
    .notice(/version 2 is ready/)
    .getByRole('button', { name: 'Update' })
    .click()
  await expect(window.notice('The new version runs after the window has been reloaded.')).toBeVisible()
  await reload(window, page)
  await expect.poll(() => window.offers('Order Lines Upwards')).toBe(true)
  await expect.poll(() => window.offers('Sort Lines Ascending')).toBe(false)
  await window.run('Order Lines Upwards')

  await window.run('Tallyforge: Uninstall a plugin…')
  await window.choice(/Sort Lines/).click()
  await expect(window.notice('It stops after the window has been reloaded.')).toBeVisible()
  await reload(window, page)
  await expect.poll(() => window.offers('Order Lines Upwards')).toBe(false)
})

/** Does what the message offers, and waits until the window is back. */
async function reload(window: Window, page: Page): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Reload window' }).click()
  await loaded
  await window.started()
}

/** Describes a plugin to a model of the sandbox that no list offers: the list that the editor gets names it as the usual one. */
async function create(window: Window, prompt: string, model: string, wire: FaultyProxy): Promise<void> {
  wire.replace('models.list', (body) => body.toString().replaceAll('sandbox/template-writer', model))
  await window.run('Tallyforge: Create a plugin…')
  await window.input.fill(prompt)
  await window.input.press('Enter')
}
