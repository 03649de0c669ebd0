import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { formatTokens } from '@tallyforge/core/money'
import { expectNoFaultInAnyLight } from '../axe.ts'
import { expect, makePlugin, type Person, test } from '../person.ts'

const history = (page: Page) => page.getByRole('table', { name: 'History' })
const entries = (page: Page) => history(page).getByRole('button')

async function open(page: Page, person: Person, tail = ''): Promise<void> {
  await page.goto(`/${person.slug}/tokens${tail}`)
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  // By its tag: while a receipt is open, what is behind it has no role.
  await expect(page.locator('h2', { hasText: 'History' })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

async function texts(cells: Locator): Promise<string[]> {
  return (await cells.allTextContents()).map((text) => text.trim())
}

/** A figure as people read it, as microtokens. */
function microtokens(text: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^([+−×]?)\s*([\d,]+)(?:\.(\d+))?/.exec(text) ?? []
  const amount = BigInt(whole.replaceAll(',', '')) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return sign === '−' ? -amount : amount
}

test('filters stand in the address, and Back and Forward go through them', async ({ page, person }) => {
  const words = await makePlugin(person, 'Show the word count in the status bar')
  await makePlugin(person, 'Sort the selected lines')
  await open(page, person)
  await expect(history(page).getByRole('row')).toHaveCount(4)

  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'Spent' }).click()
  await expect(page).toHaveURL(/kind=settle/)
  await expect(history(page).getByRole('row')).toHaveCount(3)

  await page.getByRole('combobox', { name: 'Plugin', exact: true }).click()
  await page.getByRole('combobox', { name: 'Search: Plugin' }).fill('word')
  await page.getByRole('option', { name: /word/i }).click()
  await expect(page).toHaveURL(new RegExp(`plugin=${words}`))
  await expect(entries(page)).toHaveCount(2)

  await page.getByLabel('To', { exact: true }).fill('2020-01-31')
  await expect(page).toHaveURL(/to=2020-01-31/)
  await expect(page.getByText('No entries match')).toBeVisible()

  await page.goBack()
  await expect(page).not.toHaveURL(/to=/)
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('')
  await expect(history(page).getByRole('row')).toHaveCount(2)
  await page.goBack()
  await page.goBack()
  await expect(page).not.toHaveURL(/kind=/)
  await expect(history(page).getByRole('row')).toHaveCount(4)
  for (let step = 0; step < 3; step++) await page.goForward()
  await expect(page.getByText('No entries match')).toBeVisible()

  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(history(page).getByRole('row')).toHaveCount(4)
  await expect(page).toHaveURL(/\/tokens$/)
})

test('days the wrong way round are said at the field, wide and narrow', async ({ page, person }) => {
  await open(page, person, '?from=2026-03-02')
  await page.getByLabel('To', { exact: true }).fill('2026-03-01')
  await expect(page.getByLabel('From')).toHaveAccessibleDescription(/after the last one/)
  await expect(page.getByLabel('From')).toHaveAttribute('aria-invalid', 'true')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByLabel('From')).toHaveAccessibleDescription(/after the last one/)
  await page.getByLabel('To', { exact: true }).fill('2026-03-02')
  await expect(page.getByLabel('From')).not.toHaveAttribute('aria-invalid')
})

test('an address with filters, a search or an order opens as it was left; what is malformed is dropped', async ({
  page,
  person,
}) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await open(page, person, '?q=word%20COUNT&kind=settle&from=2026-01-01')
  await expect(page.getByRole('searchbox')).toHaveValue('word COUNT')
  await expect(page.getByRole('combobox', { name: 'Kind' })).toHaveText('Spent')
  await expect(page.getByLabel('From')).toHaveValue('2026-01-01')
  await expect(history(page).getByRole('row')).toHaveCount(2)
  await open(page, person, '?order=oldest')
  await expect(history(page).getByRole('row').nth(1)).toContainText('+10,000')
  await expect(page.getByRole('columnheader', { name: 'When' })).toHaveAttribute('aria-sort', 'ascending')
  await page.getByRole('button', { name: 'When' }).click()
  await expect(history(page).getByRole('row').nth(2)).toContainText('+10,000')
  await open(page, person, '?kind=quality&from=2026-02-30&to=yesterday&month=13&order=up')
  await expect(history(page).getByRole('row')).toHaveCount(3)
  await open(page, person, '?plugin=plg_00000000000000000000000000')
  await expect(page.getByRole('alert')).toContainText('Could not load the history')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(history(page).getByRole('row')).toHaveCount(3)
})

test('the CSV is what the table shows, row by row', async ({ page, person }) => {
  await makePlugin(person, '=Show the word count, "quoted", in the status bar')
  await makePlugin(person, 'Sort the selected lines')
  for (const tail of ['?kind=settle', '?kind=settle&order=oldest', '?q=sort', '?q=nothing-like-it']) {
    await open(page, person, tail)
    const rows = history(page).locator('tbody tr')
    const shown = await Promise.all([
      texts(rows.locator('td:nth-child(1)')),
      texts(rows.locator('td:nth-child(3)')),
      texts(rows.locator('td:nth-child(4)')),
      rows.locator('time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? '')),
      rows.getByRole('img').evaluateAll((kinds) => kinds.map((kind) => kind.getAttribute('aria-label'))),
    ])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^token-history-\d{4}-\d\d-\d\d\.csv$/)
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n').slice(1, -1)
    const cells = lines.map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )
    expect(cells.map(([time]) => time)).toEqual(shown[3])
    expect(cells.map(([, kind]) => kind)).toEqual(shown[4])
    expect(cells.map(([, , description = '']) => description.replace(/^'=/, '='))).toEqual(shown[0])
    const figures = (column: number) => cells.map((row) => microtokens((row[column] ?? '').replace('-', '−')))
    expect(figures(3)).toEqual(shown[1].map(microtokens))
    expect(figures(4)).toEqual(shown[2].map(microtokens))
    expect(cells.length > 0).toBe(tail !== '?q=nothing-like-it')
  }
})

test('a receipt adds up line by line, of what was used and of what we bore', async ({ page, person }) => {
  const { orgId, client } = person
  await makePlugin(person, 'Show the word count in the status bar')
  const failed = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
  const { items } = await client.plugins.generations.query({ orgId, pluginId: failed, limit: 1 })
  await open(page, person, '?kind=settle')
  await entries(page).last().click()
  for (const receipt of [null, items[0]?.holdId]) {
    if (receipt) await page.goto(`/${person.slug}/tokens?receipt=${receipt}`)
    const dialog = page.getByRole('dialog', { name: 'Receipt' })
    await expect(dialog.getByText('standard-v1')).toBeVisible()
    const lines = dialog.getByRole('table', { name: 'Lines of the receipt' })
    let sum = 0n
    for (const line of await lines.locator('tbody tr').all()) {
      const [, count = '', price = '', amount = ''] = await texts(line.locator('td'))
      expect(BigInt(count.replaceAll(',', '')) * microtokens(price)).toBe(microtokens(amount))
      sum += microtokens(amount)
    }
    expect(sum).toBeGreaterThan(0n)
    const feet = (await texts(lines.locator('tfoot td'))).map(microtokens)
    const used = feet.at(-1) ?? -1n
    for (const less of feet.slice(0, -1)) sum += less
    expect(sum).toBe(used)
    const fact = async (label: string) =>
      microtokens(
        (await dialog.locator('dt', { hasText: label }).first().locator('+ dd').textContent()) ?? '',
      )
    expect((await fact('Held')) + (await fact('Used'))).toBe(await fact('Returned'))
    expect(await fact('Used')).toBe(-used)
    expect(used > 0n).toBe(!receipt)
    for (const what of ['plugin id', 'model', 'price book', 'person id', 'generation id', 'hold id']) {
      await expect(dialog.getByRole('button', { name: `Copy ${what}` })).toBeVisible()
    }
    await expect(dialog.getByText('Ada Maker (you)')).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/receipt=/)
})

test('the chart’s table has the figures of the month, its end the balance, and its months stand in the address', async ({
  page,
  person,
}) => {
  const { orgId, client } = person
  await makePlugin(person, 'Show the word count in the status bar')
  await open(page, person)
  const chart = page.getByRole('figure', { name: 'Burn-down' })
  await expect(chart.locator('svg.recharts-surface').first()).toBeVisible()
  const month = await client.tokens.burnDown.query({ orgId })
  const rows = chart.getByRole('table').locator('tbody tr')
  const expected = month.days.map((day) =>
    [day.granted, day.spent, day.expired, day.balance].map((amount) => formatTokens(amount)),
  )
  const found = await Promise.all((await rows.all()).map((row) => texts(row.locator('td'))))
  expect(found).toEqual(expected)
  const { balance } = await client.tokens.balance.query({ orgId })
  expect(found.at(-1)?.at(-1)).toBe(formatTokens(balance))
  await expect(chart.locator('figcaption')).toContainText(`${formatTokens(balance)} so far on`)

  // There is nothing before the first entry; an address may ask for it all the same.
  await expect(chart.getByRole('button', { name: /^Previous month/ })).toBeDisabled()
  await expect(chart.getByRole('button', { name: /^Next month/ })).toBeDisabled()
  await open(page, person, '?month=2025-12')
  await expect(chart.getByText('December 2025', { exact: true })).toBeVisible()
  await expect(rows).toHaveCount(31)
  await chart.getByRole('button', { name: /^Next month/ }).click()
  await expect(chart.getByRole('button', { name: /^Next month/ })).toBeDisabled()
  await expect(page).not.toHaveURL(/month=/)
  await page.goBack()
  await expect(chart.getByText('December 2025', { exact: true })).toBeVisible()
  await open(page, person, '?month=2999-01')
  await expect(chart.getByText('January 2999 has not begun.').first()).toBeVisible()
})

test('on a narrow screen the history is a list, with its filters in a sheet and as chips', async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await makePlugin(person, 'Show the word count in the status bar')
  await open(page, person)
  const list = page.getByRole('list', { name: 'History' })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(history(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Filter the history' })
  await sheet.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'Added' }).click()
  await sheet.getByRole('button', { name: 'Show entries' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Remove filter: Added' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await list.getByRole('button').first().click()
  await expect(page.getByRole('dialog', { name: 'Receipt' }).getByText('standard-v1')).toBeVisible()
})

test('filters, chips and a receipt have no accessibility fault', async ({ page, person }) => {
  test.slow()
  const plugin = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
  const { items } = await person.client.plugins.generations.query({
    orgId: person.orgId,
    pluginId: plugin,
    limit: 1,
  })
  for (const [width, tail] of [
    [390, `?kind=grant&from=2026-01-01&plugin=${plugin}`],
    [1440, '?kind=grant&q=plan&order=oldest'],
    [1440, `?receipt=${items[0]?.holdId}`],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await open(page, person, tail)
    await expect(page.locator('svg.recharts-surface').first()).toBeAttached()
    await expectNoFaultInAnyLight(page, `${width} ${tail}`)
  }
})

test('nothing moves while the page loads, and what cannot be loaded says what to do', async ({
  page,
  person,
}) => {
  await makePlugin(person, 'Show the word count in the status bar')
  await page.addInitScript(() => {
    // The note about the stand-in comes with the list of models: it is the frame's, and no part of this page.
    sessionStorage.setItem('stand-in-dismissed', '1')
    Object.assign(window, { moved: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput)
          Object.assign(window, { moved: Number(Reflect.get(window, 'moved')) + entry.value })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const { promise: held, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/trpc/**tokens.**', (route) => held.then(() => route.continue()))
  await page.goto(`/${person.slug}/tokens`)
  await expect(page.getByRole('figure', { name: 'Burn-down' })).toHaveAttribute('aria-busy', 'true')
  await expect(history(page)).toHaveAttribute('aria-busy', 'true')
  answer()
  await settled(page)
  await expect(page.locator('svg.recharts-surface').first()).toBeVisible()
  expect(await page.evaluate(() => Number(Reflect.get(window, 'moved')))).toBeLessThan(0.002)

  await page.route('**/trpc/**tokens.history**', (route) => route.abort())
  await page.getByRole('searchbox').fill('word')
  await expect(page.getByText('You seem to be offline')).toBeVisible({ timeout: 30_000 })
  await page.unroute('**/trpc/**tokens.history**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(history(page).getByRole('row')).toHaveCount(2)
})
