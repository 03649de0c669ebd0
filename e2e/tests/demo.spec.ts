import { makeDemoPlugins } from '../../scripts/demo-plugins.ts'
import { demoAccount, seed } from '../../scripts/seed-data.ts'
import { expect, signIn, test } from '../person.ts'

test('the demo account has example plugins with versions, once', async ({ page, baseURL }) => {
  test.slow()
  const origin = new URL(baseURL ?? '').origin
  await seed({ databaseUrl: process.env.DATABASE_URL ?? '', secretKey: process.env.SECRET_KEY ?? '' })
  const server = { api: origin, publicUrl: origin }
  expect(await makeDemoPlugins(server)).toBe(true)
  expect(await makeDemoPlugins(server)).toBe(true)

  await page.goto('/sign-in')
  await signIn(page, demoAccount)
  const rows = page.getByRole('table', { name: 'Plugins' }).locator('tbody tr')
  await expect(rows).toHaveCount(3)
  for (const [title, version] of [
    ['Word Count', 'v2'],
    ['Sort Lines', 'v1'],
    ['Pomodoro', 'v1'],
  ] as const) {
    const row = rows.filter({ hasText: title })
    await expect(row.getByText('Ready').filter({ visible: true })).toBeVisible()
    await expect(row.getByText(version).filter({ visible: true })).toBeVisible()
  }

  // The way in that made them is closed again.
  await page.keyboard.press('g')
  await page.keyboard.press('y')
  await expect(page.getByText('This one')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1)
})
