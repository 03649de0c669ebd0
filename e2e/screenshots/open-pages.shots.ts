import { createClient } from '@tallyforge/client/client'
import { expect, test } from '../person.ts'
import { picture } from './picture.ts'

test('landing', async ({ page }) => {
  await picture(page, 'landing', {
    isWhole: true,
    open: async () => {
      await page.goto('/')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  })
})

test('sign-in', async ({ page }) => {
  const open = async () => {
    await page.goto('/sign-in')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  }
  await picture(page, 'sign-in', { open })
  await picture(page, 'sign-in-refused', {
    open: async () => {
      await open()
      await page.getByLabel('Email').fill('ada@example.org')
      await page.getByLabel('Password', { exact: true }).fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByRole('alert')).toBeVisible()
    },
  })
})

test('sign-up', async ({ page }) => {
  const open = async () => {
    await page.goto('/sign-up')
    await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible()
  }
  await picture(page, 'sign-up', { open })
  await picture(page, 'sign-up-incomplete', {
    open: async () => {
      await open()
      await page.getByLabel('Email').fill('ada.example.com')
      await page.getByRole('button', { name: 'Create account' }).click()
      await expect(page.getByRole('alert').first()).toBeVisible()
    },
  })
})

test.describe('somebody with a short address', () => {
  test.use({ email: 'grace@example.com' })

  test('device', async ({ page, person, baseURL }) => {
    expect(person.email).toBe('grace@example.com')
    const device = createClient({ url: `${new URL(baseURL ?? '').origin}/trpc` })
    const start = await device.auth.device.start.mutate({ label: 'VS Code on ada-laptop' })
    const open = async () => {
      await page.goto(`/device?code=${start.userCode}`)
      await expect(page.getByLabel('Code')).toHaveValue(start.userCode)
    }
    await picture(page, 'device', { open })
    await picture(page, 'device-question', {
      open: async () => {
        await open()
        await page.getByRole('button', { name: 'Continue' }).click()
        await expect(page.getByRole('heading', { name: 'Let this device in?' })).toBeVisible()
      },
    })
  })
})

test('not found', async ({ page, person }) => {
  await picture(page, 'not-found', {
    open: async () => {
      await page.goto(`/${person.slug}/nothing-here`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  })
})
