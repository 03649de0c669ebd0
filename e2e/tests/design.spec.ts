import { expectNoFault } from '../axe.ts'
import { expect, test } from '../design.ts'

// All in one worker: each would build the page anew.
test.describe.configure({ mode: 'default' })

const themes = ['light', 'dark', 'vscode-light', 'vscode-dark', 'vscode-contrast']

for (const theme of themes) {
  test(`every primitive is accessible and fits (${theme})`, async ({ page }, info) => {
    await page.goto(`/design?theme=${theme}`)
    await expect(page.getByRole('heading', { name: 'Design system' })).toBeVisible()
    await expectNoFault(page, theme)
    await info.attach(`design-${theme}.png`, {
      body: await page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    })
    await page.setViewportSize({ width: 390, height: 844 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
  })
}

test('the tree is walked with the arrow keys', async ({ page }) => {
  await page.goto('/design')
  const tree = page.getByRole('tree', { name: 'Example of files' })
  await tree.getByRole('treeitem', { name: 'extension.ts' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(tree.getByRole('treeitem', { name: 'sort.ts' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem', { name: 'commands' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem', { name: 'sort.ts' })).toBeHidden()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(tree.getByRole('treeitem', { name: 'extension.ts' })).toHaveAttribute('aria-selected', 'true')
})

test('a version is found among many by typing', async ({ page }) => {
  await page.goto('/design')
  await page.getByRole('combobox', { name: 'Version', exact: true }).click()
  await page.getByRole('combobox', { name: 'Search: Version' }).fill('117')
  await page.getByRole('option', { name: /Version 117/ }).click()
  await expect(page.getByRole('combobox', { name: 'Version', exact: true })).toHaveText('Version 117')
})
