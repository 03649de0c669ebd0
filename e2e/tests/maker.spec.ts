import { readFile } from 'node:fs/promises'
import { expect, makePlugin, test } from '../person.ts'

test('the main job: describe, watch, ready, download, refine, compare, restore, receipt', async ({
  page,
  person,
}) => {
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Show the word count in the status bar')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await page.getByLabel('Describe the plugin').press('ControlOrMeta+Enter')

  await expect(page).toHaveURL(/\/plugins\/plg_/)
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download .vsix' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/-0\.0\.1\.vsix$/)
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')

  await page.getByLabel('What should change?').fill('Add a keybinding ctrl+alt+w')
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByText('Version 2 is ready')).toBeVisible({ timeout: 30_000 })

  await page.getByRole('tab', { name: 'Diff' }).click()
  await expect(page.getByText('ctrl+alt+w').first()).toBeVisible()

  await page.getByRole('button', { name: /^v1 / }).click()
  await page.getByRole('button', { name: 'Restore as new version' }).first().click()
  await expect(page.getByRole('button', { name: /^v3 .*Restored version 1/ })).toBeVisible()

  await page.goto(`/${person.slug}/tokens`)
  await page.getByRole('row', { name: /word count/ }).click()
  await expect(page.getByText('standard-v1')).toBeVisible()
  await expect(page).toHaveURL(/receipt=hld_/)
})

test('a reload in the middle of writing loses nothing', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('A pomodoro timer and lines per language in a chart')
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByText('package.json').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText('package.json').first()).toBeVisible()
  await expect(page.getByText('Version 1 is ready')).toBeVisible({ timeout: 30_000 })
})

test('Stop ends a generation, and says so', async ({ page, person }) => {
  const { orgId, client } = person
  const generation = await client.plugins.generate.mutate({
    orgId,
    operationId: crypto.randomUUID(),
    prompt: 'Sort lines',
    model: 'sandbox/slow',
  })
  await page.goto(`/${person.slug}/plugins/${generation.pluginId}`)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Canceled').first()).toBeVisible()
})

test('what does not build says why, costs nothing, and offers the next step', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await expect(page.getByText(/You were not charged/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Try again with this error' }).first().click()
  await expect(page.getByLabel('What should change?')).not.toHaveValue('')
  await page.goto(`/${person.slug}/tokens`)
  await expect(page.getByText('10,000').first()).toBeVisible()
})

test('what broke off before any check offers the same words again, never an empty list of errors', async ({
  page,
  person,
}) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines', 'sandbox/cut')
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await page.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(page.getByLabel('What should change?')).toHaveValue('Sort the selected lines')
})

test('a double click on Generate is one generation', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins/new`)
  await page.getByLabel('Describe the plugin').fill('Insert a UUID at every cursor')
  await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  await page.getByRole('button', { name: 'Generate' }).dblclick()
  await expect(page).toHaveURL(/\/plugins\/plg_/)
  const { items } = await person.client.plugins.list.query({ orgId: person.orgId })
  expect(items).toHaveLength(1)
})

test('a hand edit goes through the gate: what does not compile is refused with its line', async ({
  page,
  person,
}) => {
  const pluginId = await makePlugin(person, 'Sort the selected lines')
  await page.goto(`/${person.slug}/plugins/${pluginId}`)
  await page.getByText('README.md').first().click()
  const code = page.locator('.cm-content').first()
  await code.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('\nWritten by hand.')
  await page.getByRole('button', { name: 'Save as new version' }).click()
  await expect(page.getByRole('button', { name: /^v2 .*Edited by hand/ })).toBeVisible({
    timeout: 20_000,
  })

  await page.getByText('extension.ts').first().click()
  await code.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('\nconst wrong: number = "text"')
  await page.getByRole('button', { name: 'Save as new version' }).click()
  await expect(page.getByText(/not assignable/).first()).toBeVisible({ timeout: 20_000 })
  const { items } = await person.client.plugins.versions.query({ orgId: person.orgId, pluginId })
  expect(items).toHaveLength(2)
})

test('plugins can be found, archived and brought back', async ({ page, person }) => {
  await makePlugin(person, 'Sort the selected lines')
  await makePlugin(person, 'Show the word count in the status bar')
  await page.goto(`/${person.slug}/plugins`)
  await page.getByRole('searchbox').fill('sort')
  await expect(page).toHaveURL(/q=sort/)
  await expect(page.getByText(/word count/i)).toHaveCount(0)
  await expect(page.getByText(/sort/i).first()).toBeVisible()
})
