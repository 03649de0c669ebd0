import { expect, test } from '@playwright/test'

test('a stranger sees what this is and where to begin', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(
    page.getByRole('link', { name: /create an account|sign up|get started|create account/i }).first(),
  ).toBeVisible()
})
