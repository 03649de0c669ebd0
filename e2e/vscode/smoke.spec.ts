import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, signIn, test } from './editor.ts'

test('sign in by a code, describe a plugin, install it, and use it', async ({
  person,
  editor,
  context,
  page,
}) => {
  await writeFile(join(editor.folder, 'list.txt'), 'pear\napple\nfig\n')
  const window = await editor.open(page)

  await signIn(window, context)
  await expect(window.statusBar('10,000 tokens')).toBeVisible()

  await window.run('Tallyforge: Create a plugin…')
  const input = page.locator('.quick-input-widget input').first()
  await input.fill('Sort the selected lines')
  await expect(page.locator('.quick-input-widget').getByText(/About .* tokens with/)).toBeVisible()
  await input.press('Enter')
  await window
    .notice(/version 1 is ready/)
    .getByRole('button', { name: 'Install' })
    .click()
  await expect(window.notice(/version 1 is installed/)).toBeVisible()

  const { items } = await person.client.plugins.list.query({ orgId: person.orgId })
  const versionId = items[0]?.readyVersion?.id ?? ''
  const { summary } = await person.client.plugins.version.query({ orgId: person.orgId, versionId })
  await page.getByRole('treeitem', { name: 'list.txt' }).dblclick()
  await page.locator('.view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+A')
  await window.run(summary?.commands[0]?.title ?? '')
  await expect(page.locator('.view-lines').first()).toHaveText(/apple\s*fig\s*pear/)
})
