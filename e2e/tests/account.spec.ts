import { randomUUID } from 'node:crypto'
import { expect, test } from '../person.ts'

test('a stranger sees what this is, makes an account and stands before their first plugin', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Create an account' }).first().click()
  await page.getByLabel('Name').fill('Grace Maker')
  await page.getByLabel('Email').fill(`${randomUUID()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL(/\/grace|\/[a-z0-9-]+\/plugins/)
  await expect(page.getByText('10,000').first()).toBeVisible()
})

test('what is wrong with a form is said at its field', async ({ page }) => {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Grace')
  await page.getByLabel('Email').fill('not an address')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Enter an email address such as ada@example.com.')).toBeVisible()
  await expect(page.getByText('Use at least 10 characters.').first()).toBeVisible()
  await expect(page).toHaveURL(/sign-up/)
  await expect(page.getByLabel('Email')).toBeFocused()
  await page.getByLabel('Name').fill('')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()
})

test('an address that is taken is said at its field, which has the focus', async ({
  page,
  person,
  context,
}) => {
  await context.clearCookies()
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Grace')
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/sign in/i)
})

test('a wrong password gets one generic answer', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(`${randomUUID()}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill('whatever it is')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('The email address or the password is not right.')).toBeVisible()
})

test('a page behind the sign-in is where a person comes back to', async ({ page, person, context }) => {
  await context.clearCookies()
  await page.goto(`/${person.slug}/tokens`)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(new RegExp(`/${person.slug}/tokens`))
})

test('signing out ends it, and an address outside is never followed', async ({ page, person }) => {
  await page.goto(`/${person.slug}/plugins`)
  await page.getByRole('button', { name: /account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/(sign-in)?$/)
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(new RegExp(`/${person.slug}/plugins`))
    await page.context().clearCookies()
  }
})
