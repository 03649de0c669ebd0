import { expectNoFault } from '../axe.ts'
import { expect, makePlugin, test } from '../person.ts'

test('the palette finds pages, plugins and themes, and says when there is nothing', async ({
  page,
  person,
}) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await page.goto(`/${person.slug}/tokens`)
  await expect(page.getByRole('heading', { name: 'Tokens' })).toBeVisible()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find a command or a plugin' })
  await expect(field).toBeFocused()
  await expect(page.getByRole('option', { name: /Word Count/ })).toBeVisible()
  await expectNoFault(page, 'palette', { part: '[role=dialog]' })

  await field.fill('dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await page.keyboard.press('Control+k')
  await field.fill('no such thing at all')
  await expect(page.getByText('Nothing found for “no such thing at all”')).toBeVisible()
  await field.fill('word')
  await page.getByRole('option', { name: /Word Count/ }).click()
  await expect(page.getByRole('heading', { name: 'Word Count', level: 1 })).toBeVisible()
})

test('keys go to pages, but never while somebody types', async ({ page, person }) => {
  // Whoever has no plugin has nothing to search.
  await makePlugin(person, 'Show the word count in the status bar')
  await page.goto(`/${person.slug}/plugins`)
  await expect(page.getByRole('heading', { name: 'Plugins' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await expect(page).toHaveURL(/\/tokens$/)
  await page.keyboard.press('c')
  const prompt = page.getByLabel('Describe the plugin')
  await expect(prompt).toBeFocused()
  await page.keyboard.type('g p c ? / are letters here')
  await expect(prompt).toHaveValue('g p c ? / are letters here')
  await prompt.blur()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\/plugins$/)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search plugins' })).toBeFocused()
})

test('the rail folds to icons, which keep their names, and stays so after a reload', async ({
  page,
  person,
}) => {
  await page.goto(`/${person.slug}/plugins`)
  await page.getByRole('button', { name: 'Fold' }).click()
  const opener = page.getByRole('button', { name: 'Open the rail' })
  await expect(opener).toHaveAttribute('aria-expanded', 'false')
  await page.reload()
  await expect(opener).toBeVisible()
  await page.getByRole('link', { name: 'Tokens', exact: true }).click()
  await expect(page).toHaveURL(/\/tokens$/)
  await page.keyboard.press('Control+b')
  await expect(page.getByRole('button', { name: 'Fold' })).toBeVisible()
})

test('a profile takes a new name, and a new password ends the other sessions', async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  await page.goto(`/${person.slug}/profile`)
  await expect(page.getByText('Chrome on Linux')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('  ')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Enter your name.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada Byron')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Your name is saved')).toBeVisible()
  await expect(page.getByRole('button', { name: /Ada Byron/ })).toBeVisible()

  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
  await other.goto('/sign-in')
  await other.getByLabel('Email').fill(person.email)
  await other.getByLabel('Password', { exact: true }).fill(person.password)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('heading', { name: 'Plugins' })).toBeVisible()

  await page.getByRole('textbox', { name: 'Current password' }).fill('not the right one')
  await page.getByRole('textbox', { name: 'New password' }).fill('another horse battery')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('The current password is not right.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Current password' }).fill(person.password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()

  await expect(other).toHaveURL(/\/sign-in/)
  await other.context().close()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Your profile' })).toBeVisible()
})
