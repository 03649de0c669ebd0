import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makePlugin, makeVersion } from '../person.ts'
import { expect, test } from './editor.ts'

test('versions are listed, compared and restored', async ({ person, window, page }) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await makeVersion(person, pluginId, 'Add a keybinding ctrl+alt+s')
  await window.run('Tallyforge: Open')
  await page.getByRole('button', { name: 'Plugins Section' }).click()
  const row = page.getByRole('treeitem', { name: /Sort Lines/ })
  await expect(row).toContainText('v2 ready')
  await row.locator('.monaco-tl-twistie').click()
  await expect(page.getByRole('treeitem', { name: /^Version 1, ready/ })).toBeVisible()

  await window.run('Tallyforge: Compare versions…')
  await window.choice(/Sort Lines/).click()
  await window.choice(/^v1/).click()
  await window.choice(/^v2/).click()
  await expect(page.getByRole('tab', { name: /v1 ↔ v2/ })).toBeVisible()
  await expect(
    page.locator('.multiDiffEntry, .multi-diff-root-floating-menu, .monaco-diff-editor').first(),
  ).toBeVisible()
  await expect(page.getByText('ctrl+alt+s').first()).toBeVisible()

  await window.run('Tallyforge: Restore a version…')
  await window.choice(/Sort Lines/).click()
  await window.choice(/^v1/).click()
  await expect(window.notice('Restored as version 3')).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /^Version 3, ready.*Restored version 1/ })).toBeVisible()
})

test('a version opens as a folder that nobody can change', async ({
  person,
  window,
  page,
  context,
  editor,
}) => {
  await makePlugin(person, 'Sort the selected lines')
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    (async () => {
      await window.run("Tallyforge: Open a version's files in a new window…")
      await window.choice(/Sort Lines/).click()
      await window.choice(/^v1/).click()
    })(),
  ])
  await page.close()
  const second = await editor.open(opened, new URL(opened.url()).search.slice(1))
  await second.page.getByRole('treeitem', { name: 'README.md' }).dblclick()
  await expect(second.page.locator('.view-lines').first()).toContainText('Sort Lines')
  await second.page.locator('.view-lines').first().click()
  await second.page.keyboard.type('changed')
  await expect(second.page.locator('.monaco-editor-overlaymessage')).toContainText('read-only')
  await expect(second.page.locator('.view-lines').first()).not.toContainText('changed')
})

test('a version is written into a folder after its difference was shown, and never out of it', async ({
  person,
  window,
  page,
  editor,
  wire,
}) => {
  await makePlugin(person, 'Sort the selected lines')
  const outside = join(dirname(editor.folder), 'outside')
  await mkdir(outside)
  await mkdir(join(editor.folder, '.git'))
  await writeFile(join(editor.folder, 'README.md'), 'Mine.\n')
  await writeFile(join(editor.folder, 'kept.txt'), 'kept')
  await symlink(outside, join(editor.folder, 'src'))
  const apply = async () => {
    await window.run("Tallyforge: Write a version's files into a folder…")
    await window.choice(/Sort Lines/).click()
    await window.choice(/^v1/).click()
  }

  await apply()
  await expect(window.notice(/leads out of the folder.*Nothing was written/)).toBeVisible()
  expect(await readFile(join(editor.folder, 'README.md'), 'utf8')).toBe('Mine.\n')
  expect(await readdir(outside)).toEqual([])

  await rm(join(editor.folder, 'src'))
  await symlink(join(editor.folder, 'src'), join(editor.folder, 'src'))
  await window.run('Notifications: Clear All Notifications')
  await apply()
  await expect(window.notice(/cannot be read.*Nothing was written/)).toBeVisible()
  expect(await readFile(join(editor.folder, 'README.md'), 'utf8')).toBe('Mine.\n')

  await rm(join(editor.folder, 'src'))
  await apply()
  await expect(page.getByRole('tab', { name: /Sort Lines v1 → work/ })).toBeVisible()
  const question = window.notice(/Write Sort Lines v1 into “work”\? .* 1 changed/)
  expect(await readFile(join(editor.folder, 'README.md'), 'utf8')).toBe('Mine.\n')
  await question.getByRole('button', { name: 'Write files' }).click()
  await expect(window.notice(/Wrote \d+ files into “work”/)).toBeVisible()
  expect(await readFile(join(editor.folder, 'README.md'), 'utf8')).toContain('Sort Lines')
  expect(await readFile(join(editor.folder, 'src/extension.ts'), 'utf8')).toContain('activate')
  expect(await readFile(join(editor.folder, 'kept.txt'), 'utf8')).toBe('kept')
  expect(await readdir(join(editor.folder, '.git'))).toEqual([])

  // A server that names a file elsewhere is not believed.
  for (const path of ['../outside/evil.ts', '.git/hooks/pre-commit']) {
    wire.replace('plugins.version', (body) => body.toString().replace('"README.md"', JSON.stringify(path)))
    await page.reload()
    await window.started()
    await apply()
    await expect(window.notice(`“${path}” cannot be written`)).toBeVisible()
  }
  expect(await readdir(outside)).toEqual([])
  expect(await readdir(join(editor.folder, '.git'))).toEqual([])
})

test('a plugin is renamed, duplicated, archived and brought back where it is listed', async ({
  person,
  window,
  page,
}) => {
  await makePlugin(person, 'Sort the selected lines')
  await window.run('Tallyforge: Open')
  await page.getByRole('button', { name: 'Plugins Section' }).click()
  const row = (name: string | RegExp) => page.getByRole('treeitem', { name })
  const choose = async (name: RegExp, act: string) => {
    await row(name).click({ button: 'right' })
    const item = page.getByRole('menuitem', { name: act })
    // A menu that has just opened does not take a click yet.
    await expect(async () => {
      if (await item.isVisible()) await item.click()
      await expect(item).toBeHidden({ timeout: 1_000 })
    }).toPass()
  }
  await choose(/^Sort Lines/, 'Rename a plugin…')
  await expect(window.input).toHaveValue(/Sort Lines/)
  await window.input.fill('[Order](command:x)')
  await expect(page.getByText('Write the title without links')).toBeVisible()
  await window.input.fill('Order the lines')
  await window.input.press('Enter')
  await expect(row(/^Order the lines/)).toBeVisible()

  await choose(/^Order the lines/, 'Duplicate a plugin…')
  await expect(row(/^Order the lines \(copy\)/)).toBeVisible()

  await choose(/^Order the lines \(copy\)/, 'Archive a plugin…')
  await expect(row(/^Order the lines \(copy\)/)).toBeHidden()
  await window.notice('Archived “Order the lines (copy)”').getByRole('button', { name: 'Undo' }).click()
  await expect(row(/^Order the lines \(copy\)/)).toBeVisible()

  await window.run('Tallyforge: Archive a plugin…')
  await window.choice('Order the lines (copy)').click()
  await expect(row(/^Order the lines \(copy\)/)).toBeHidden()
  await window.run('Tallyforge: Bring an archived plugin back…')
  await window.choice('Order the lines (copy)').click()
  await expect(window.notice('“Order the lines (copy)” is active again')).toBeVisible()
  await expect(row(/^Order the lines \(copy\)/)).toBeVisible()
})
