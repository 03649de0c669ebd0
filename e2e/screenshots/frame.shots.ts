import { createClient } from '@tallyforge/client/client'
import { expect, makePlugin, test } from '../person.ts'
import { picture } from './picture.ts'

test.describe('somebody with a short address', () => {
  test.use({ email: 'ada@example.com' })

  test('profile', async ({ page, person, baseURL }) => {
    const device = createClient({ url: `${new URL(baseURL ?? '').origin}/trpc` })
    const { userCode, deviceCode } = await device.auth.device.start.mutate({ label: 'VS Code on ada-laptop' })
    await person.client.auth.device.approve.mutate({ userCode })
    await device.auth.device.poll.mutate({ deviceCode })
    await picture(page, 'profile', {
      isWhole: true,
      open: async () => {
        await page.goto(`/${person.slug}/profile`)
        await expect(page.getByRole('heading', { name: 'Your profile' })).toBeVisible()
      },
    })
  })
})

test('palette and keys', async ({ page, person }) => {
  for (const prompt of ['Show the word count in the status bar', 'Sort the selected lines'])
    await makePlugin(person, prompt)
  const home = async () => {
    await page.goto(`/${person.slug}/plugins`)
    await expect(page.getByRole('link', { name: 'Word Count' })).toBeVisible()
  }
  await picture(page, 'palette', {
    open: async () => {
      await home()
      await page.keyboard.press('ControlOrMeta+k')
      await expect(page.getByRole('option', { name: 'Word Count' })).toBeVisible()
    },
  })
  await picture(page, 'shortcuts', {
    open: async () => {
      await home()
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  })
})
