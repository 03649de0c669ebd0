import { expect, test } from '../design.ts'
import { picture } from './picture.ts'

test('design', async ({ page }) => {
  await picture(page, 'design', {
    isWhole: true,
    hasSkeletons: true,
    open: async () => {
      const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
      await page.goto(`/design?theme=${isDark ? 'dark' : 'light'}`)
      await expect(page.getByRole('heading', { name: 'Design system' })).toBeVisible()
    },
  })
})
