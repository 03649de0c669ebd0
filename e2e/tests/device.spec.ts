import { createClient } from '@tallyforge/client/client'
import { expectNoFault } from '../axe.ts'
import { expect, test } from '../person.ts'

test('a device is let in with the code it shows, listed, and ended', async ({ page, person, baseURL }) => {
  const url = `${new URL(baseURL ?? '').origin}/trpc`
  const device = createClient({ url })
  const start = await device.auth.device.start.mutate({ label: 'VS Code on ada-laptop' })
  expect((await device.auth.device.poll.mutate({ deviceCode: start.deviceCode })).status).toBe('pending')

  await page.goto('/device')
  await page.getByLabel('Code').fill('no code')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Enter the eight letters that the device shows.')).toBeVisible()
  await expect(page.getByLabel('Code')).toBeFocused()
  await page.goto(`/device?code=${start.userCode}`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Let this device in?' })).toBeVisible()
  await expect(page.getByText('VS Code on ada-laptop')).toBeVisible()
  await expectNoFault(page, 'the question')
  await page.getByRole('button', { name: 'Let it in' }).click()
  await expect(page.getByRole('heading', { name: 'It is signed in' })).toBeVisible()

  const answer = await device.auth.device.poll.mutate({ deviceCode: start.deviceCode })
  const token = answer.status === 'approved' ? answer.token : ''
  const signedIn = createClient({ url, auth: () => token })
  expect((await signedIn.auth.session.query())?.user.email).toBe(person.email)

  await page.goto(`/${person.slug}/profile`)
  const row = page.getByRole('listitem').filter({ hasText: 'VS Code on ada-laptop' })
  await row.getByRole('button', { name: 'End' }).click()
  await expect(row).toHaveCount(0)
  expect(await signedIn.auth.session.query()).toBeNull()
})

test('who is not signed in signs in first, and comes back to the code', async ({
  page,
  person,
  context,
  baseURL,
}) => {
  const device = createClient({ url: `${new URL(baseURL ?? '').origin}/trpc` })
  const start = await device.auth.device.start.mutate({ label: 'The command line' })
  await context.clearCookies()
  await page.goto(`/device?code=${start.userCode}`)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Code')).toHaveValue(start.userCode)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByRole('heading', { name: 'It was refused' })).toBeVisible()
  expect((await device.auth.device.poll.mutate({ deviceCode: start.deviceCode })).status).toBe('denied')
})
