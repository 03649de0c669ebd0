import type { Page } from '@playwright/test'
import { expect, generate, makePlugin, type Person, test } from '../person.ts'
import { picture } from './picture.ts'

async function open(page: Page, { slug }: Person, search = ''): Promise<void> {
  await page.goto(`/${slug}/tokens${search}`)
  // By its tag: while a receipt is open, what is behind it has no role.
  await expect(page.locator('h2', { hasText: 'History' })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expect(page.locator('svg.recharts-surface').first()).toBeAttached()
}

test('tokens, new account', async ({ page, person }) => {
  await picture(page, 'tokens-empty', { isWhole: true, open: () => open(page, person) })
})

test('tokens', async ({ page, person }) => {
  const { client, orgId } = person
  for (const prompt of [
    'Show the word count in the status bar',
    'Sort the selected lines',
    'Draw the lines per language of the workspace as a chart',
    'A pomodoro timer in the status bar',
    'Convert between JSON and CSV',
  ])
    await makePlugin(person, prompt)
  const failed = await makePlugin(person, 'Format the Markdown table at the cursor', 'sandbox/invalid')
  const { items } = await client.tokens.history.query({ orgId, kind: 'settle' })
  await generate(person, 'Insert a UUID at every cursor', 'sandbox/hang')
  await picture(page, 'tokens-full', { isWhole: true, open: () => open(page, person) })
  await picture(page, 'tokens-filtered', {
    isWhole: true,
    open: () => open(page, person, '?kind=settle&q=sort&from=2026-01-01'),
  })
  await picture(page, 'tokens-nothing-found', {
    isWhole: true,
    open: () => open(page, person, '?q=spreadsheet'),
  })
  await picture(page, 'receipt', {
    open: async () => {
      await open(page, person, `?receipt=${items.at(-1)?.holdId}`)
      await expect(page.getByRole('dialog', { name: 'Receipt' }).getByText('standard-v1')).toBeVisible()
    },
  })
  const { items: ended } = await client.plugins.generations.query({ orgId, pluginId: failed, limit: 1 })
  await picture(page, 'receipt-not-charged', {
    open: async () => {
      await open(page, person, `?receipt=${ended[0]?.holdId}`)
      await expect(page.getByRole('dialog', { name: 'Receipt' }).getByText('standard-v1')).toBeVisible()
    },
  })
})
