import { expect, generate, makePlugin, test } from '../person.ts'
import { picture } from './picture.ts'

test('dashboard, empty', async ({ page, person }) => {
  await picture(page, 'dashboard-empty', {
    hasNote: true,
    open: async () => {
      await page.goto(`/${person.slug}/plugins`)
      await expect(page.getByText('Describe your first plugin')).toBeVisible()
    },
  })
})

test('dashboard, many plugins', async ({ page, person }) => {
  const { orgId, client } = person
  const prompts = [
    'Show the word count in the status bar',
    'Sort the selected lines, and remove what is there twice',
    'Draw the lines per language of the workspace as a chart',
    'A pomodoro timer in the status bar',
    'Convert between JSON and CSV',
    'Show every TODO of the workspace in a tree',
  ]
  for (const prompt of prompts) await makePlugin(person, prompt)
  await makePlugin(person, 'Format the Markdown table at the cursor', 'sandbox/invalid')
  const { items } = await client.plugins.list.query({ orgId })
  // A working plugin whose last change did not build, and one that was stopped before it had a version.
  const broken = items.at(-1)?.id ?? ''
  await generate(person, 'Count the characters too', 'sandbox/invalid', broken)
  const { id } = await generate(person, 'A linter for long lines', 'sandbox/slow')
  await client.plugins.cancel.mutate({ orgId, generationId: id })
  await expect
    .poll(async () => (await client.plugins.byId.query({ orgId, pluginId: broken })).activeGeneration, {
      timeout: 30_000,
    })
    .toBeNull()
  await picture(page, 'dashboard-many', {
    isWhole: true,
    open: async () => {
      await page.goto(`/${person.slug}/plugins`)
      await expect(page.getByRole('link', { name: 'Word Count' })).toBeVisible()
    },
  })
  await picture(page, 'dashboard-nothing-found', {
    open: async () => {
      await page.goto(`/${person.slug}/plugins?q=spreadsheet`)
      await expect(page.getByText('Nothing found')).toBeVisible()
    },
  })
})

test('dashboard, running and done while away', async ({ page, person }) => {
  await makePlugin(person, 'Show the word count in the status bar')
  const seen = new Date().toISOString()
  await makePlugin(person, 'Sort the selected lines')
  await makePlugin(person, 'Format the Markdown table at the cursor', 'sandbox/invalid')
  await picture(page, 'dashboard-done-while-away', {
    isWhole: true,
    open: async () => {
      await page.goto('/')
      await page.evaluate(
        ([key = '', at = '']) => localStorage.setItem(key, at),
        [`seen:${person.orgId}`, seen],
      )
      await page.goto(`/${person.slug}/plugins`)
      await expect(page.getByRole('region', { name: 'Done while you were away' })).toBeVisible()
    },
  })
  await generate(person, 'Draw the lines per language of the workspace as a chart', 'sandbox/slow')
  await picture(page, 'dashboard-running', {
    isWhole: true,
    open: async () => {
      await page.goto(`/${person.slug}/plugins`)
      await expect(
        page.getByRole('progressbar', { name: 'Progress' }).filter({ visible: true }),
      ).toBeVisible()
    },
  })
})

test('dashboard, out of reach', async ({ page, person }) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await picture(page, 'dashboard-error', {
    open: async () => {
      await page.goto(`/${person.slug}/tokens`)
      await expect(page.getByRole('heading', { name: 'Tokens', exact: true })).toBeVisible()
      await page.route(/plugins\.list/, (route) => route.fulfill({ status: 502, body: 'Bad gateway' }))
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      await expect(page.getByRole('alert').filter({ hasText: 'does not answer' })).toBeVisible()
      await page.unroute(/plugins\.list/)
    },
  })
  await picture(page, 'page-error', {
    open: async () => {
      await page.route('**/trpc/**', (route) => route.abort('connectionrefused'))
      await page.goto(`/${person.slug}/plugins`)
      await expect(page.getByRole('heading', { name: 'The page could not be loaded' })).toBeVisible()
      await page.unroute('**/trpc/**')
    },
  })
  await page.route(/plugins\.watch/, (route) => route.abort())
  await picture(page, 'dashboard-offline', {
    open: async () => {
      await page.goto(`/${person.slug}/plugins`)
      await expect(page.getByText('The connection to the server is lost.')).toBeVisible()
    },
  })
})
