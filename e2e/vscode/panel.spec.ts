import type { Page } from '@playwright/test'
import { expect, letIn, test } from './editor.ts'

test('the panel signs in, describes, watches, installs and uninstalls', async ({ person, editor, page }) => {
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy') && message.text().includes('panel')) {
      refused.push(message.text())
    }
  })
  const window = await editor.open(page)
  await window.run('Tallyforge: Open')
  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'Sign in' }).click()
  const code = panel.getByRole('status').filter({ hasText: 'Your code is' })
  const userCode = ((await code.textContent()) ?? '').replace('Your code is', '').trim()
  await person.client.auth.device.approve.mutate({ userCode })

  await panel.getByLabel('Describe the plugin').fill('Sort the selected lines')
  await expect(panel.getByText(/^About .* tokens/)).toBeVisible()
  await panel.getByRole('button', { name: 'Generate' }).click()
  await expect(panel.getByText('Version 1 is ready')).toBeVisible()
  await panel.getByRole('button', { name: 'Install in VS Code' }).click()
  await expect.poll(() => window.offers('Sort Lines Ascending')).toBe(true)

  await panel.getByRole('button', { name: 'Uninstall' }).click()
  await expect(panel.getByRole('button', { name: 'Install in VS Code' })).toBeVisible()
  expect(refused).toEqual([])
})

test('a reload of the window in the middle of writing brings the panel back to it', async ({
  window,
  page,
  wire,
}) => {
  wire.replace('models.list', (body) => body.toString().replaceAll('sandbox/template-writer', 'sandbox/slow'))
  await window.run('Tallyforge: Open')
  await panelOf(page).getByLabel('Describe the plugin').fill('Sort the selected lines')
  await panelOf(page).getByRole('button', { name: 'Generate' }).click()
  await expect(panelOf(page).getByText('package.json').first()).toBeVisible()
  await page.reload()
  await window.started()
  await expect(panelOf(page).getByText('package.json').first()).toBeVisible()
  await panelOf(page).getByRole('button', { name: 'Stop' }).click()
  await expect(panelOf(page).getByText('Canceled').first()).toBeVisible()
})

for (const [theme, label] of [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['contrast', 'Default High Contrast'],
]) {
  test.describe(`in ${label}`, () => {
    test.use({ settings: { 'workbench.colorTheme': label } })

    test('the panel looks like the editor', async ({ person, editor, page }) => {
      const window = await editor.open(page)
      await letIn(window, person)
      await window.run('Tallyforge: Open')
      const panel = panelOf(page)
      await panel.getByLabel('Describe the plugin').fill('Sort the selected lines')
      await panel.getByRole('button', { name: 'Generate' }).click()
      await expect(panel.getByText('Version 1 is ready')).toBeVisible()
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/panel-${theme}.png` })
      // The editor's own ground and ink are the panel's: both come from the theme.
      const ground = await page.locator('.part.sidebar').evaluate(backgroundOf)
      expect(await panel.locator(':root').evaluate(backgroundOf)).toBe(ground)
      const ink = await page.locator('.monaco-workbench').evaluate(colorOf)
      expect(await panel.locator('body').evaluate(colorOf)).toBe(ink)
    })
  })
}

const backgroundOf = (element: Element) => getComputedStyle(element).backgroundColor
const colorOf = (element: Element) => getComputedStyle(element).color

/** What a webview shows lies two frames deep. */
const panelOf = (page: Page) => page.frameLocator('iframe.webview').frameLocator('#active-frame')
