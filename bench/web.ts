import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { createClient } from '@tallyforge/client/client'
import { findBrowser } from '@tallyforge/e2e/browser'
import { buildWeb, webFolder } from '@tallyforge/e2e/build'
import { publish, type Row, spread } from './figures.ts'
import { furnish } from './large-org.ts'
import { forgetSeen, observe, scriptsBeforeMain, seenBy, slowDown } from './page.ts'
import { headersOf, type Part, signUp, startStack } from './stack.ts'

const runs = 7
const slowness = 4
const plugins = 1_000
const calls = 100_000

if ((await buildWeb()) !== 0) throw new Error('the web app does not build')
const stack = await startStack({ paceMs: 1, webFolder })
const browser = await chromium.launch(await findBrowser())
try {
  const { api } = stack
  const account = await signUp(api)
  const client = createClient({ url: `${api.url}/trpc`, headers: () => headersOf(api, account.cookie) })
  const org = (await client.auth.session.query())?.orgs[0]
  if (org === undefined) throw new Error('sign-up made no org')
  await furnish(stack.databaseUrl, org.slug, { plugins, calls })
  const home: Home = { api, browser, cookie: account.cookie, slug: org.slug, orgId: org.id, client }
  await publish('web', [
    {
      what: `an organization of ${plugins.toLocaleString('en-US')} plugins and ${calls.toLocaleString('en-US')} usage rows`,
      measured: `Chromium, processor ${slowness} times slower, nothing cached, ${runs} runs`,
    },
    ...(await loading(home)),
    ...(await routes(home)),
    ...(await typing(home)),
    ...(await streaming(home)),
  ])
} finally {
  await browser.close()
  await stack.stop()
}

type Home = {
  api: Part
  browser: Browser
  cookie: string
  slug: string
  orgId: string
  client: ReturnType<typeof createClient>
}

/** Largest contentful paint and layout shift of the dashboard, each time with an empty cache. */
async function loading(home: Home): Promise<Row[]> {
  const paints: number[] = []
  const again: number[] = []
  const drawn: number[] = []
  const shifts: number[] = []
  for (let run = 0; run < runs; run++) {
    await withPage(home, async (page) => {
      await slowDown(page, slowness)
      await page.goto(`${home.api.url}/${home.slug}/plugins`)
      await page.getByRole('link', { name: 'Plugin number 1', exact: true }).waitFor()
      await page.waitForTimeout(1_000)
      const seen = await seenBy(page)
      paints.push(seen.largestPaintMs)
      drawn.push(seen.mainMs)
      shifts.push(seen.shift)
      await page.reload()
      await page.getByRole('link', { name: 'Plugin number 1', exact: true }).waitFor()
      await page.waitForTimeout(1_000)
      again.push((await seenBy(page)).largestPaintMs)
    })
  }
  return [
    {
      what: 'dashboard: largest contentful paint of somebody who was here before, ms',
      measured: spread(again),
      goal: '≤ 1,000',
    },
    { what: 'dashboard: largest contentful paint, ms', measured: spread(paints), goal: '≤ 1,000' },
    { what: 'dashboard: its page is first drawn, ms', measured: spread(drawn) },
    { what: 'dashboard: layout shift while loading', measured: spread(shifts, 3), goal: '0' },
  ]
}

/** JavaScript before each page is first drawn, as gzip makes it, and the requests of its whole load by somebody who was here before. */
async function routes(home: Home): Promise<Row[]> {
  const { pluginId } = await home.client.plugins.generate.mutate({
    orgId: home.orgId,
    operationId: crypto.randomUUID(),
    prompt: 'Sort the selected lines',
    model: 'sandbox/template-writer',
  })
  await untilEnded(home, pluginId)
  const own = `/${home.slug}`
  const pages = [
    ['landing', '/', true],
    ['sign-in', '/sign-in', true],
    ['sign-up', '/sign-up', true],
    ['dashboard', `${own}/plugins`],
    ['create', `${own}/plugins/new`],
    ['editor', `${own}/plugins/${pluginId}`],
    ['tokens', `${own}/tokens`],
    ['profile', `${own}/profile`],
  ] as const
  const rows: Row[] = []
  for (const [name, path, isStranger = false] of pages) {
    await withPage(isStranger ? { ...home, cookie: '' } : home, async (page) => {
      const requests: string[] = []
      page.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (pathname.startsWith('/trpc/')) requests.push(decodeURIComponent(pathname.slice('/trpc/'.length)))
      })
      await page.goto(home.api.url + path)
      await untilQuiet(page)
      const first = requests.splice(0)
      const sizes = await Promise.all((await scriptsBeforeMain(page)).map(gzipBytes))
      const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1_000
      await page.reload()
      await untilQuiet(page)
      rows.push({
        what: `${name}: JavaScript before it is drawn, KB gzip`,
        measured: `${kilobytes.toFixed(0)} in ${sizes.length} files`,
        goal: '≤ 200',
      })
      rows.push({
        what: `${name}: requests to load it`,
        measured: `${requestsText(requests)} (a first time ${requestsText(first)})`,
        goal: isStranger ? '≤ 1' : '1 and a stream',
      })
    })
  }
  return rows
}

async function untilQuiet(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForTimeout(2_500)
}

function requestsText(requests: string[]): string {
  const hasStream = requests.includes('plugins.watch')
  const calls = requests.filter((request) => request !== 'plugins.watch')
  return `${calls.length}${hasStream ? ' and a stream' : ''}: ${calls.map((call) => call.replaceAll(',', ', ')).join(' | ')}`
}

/** Tasks over 50 ms while 200 characters are typed into the prompt. */
async function typing(home: Home): Promise<Row[]> {
  const tasks: number[][] = []
  for (let run = 0; run < 3; run++) {
    await withPage(home, async (page) => {
      await page.goto(`${home.api.url}/${home.slug}/plugins/new`)
      const prompt = page.getByLabel('Describe the plugin')
      await prompt.waitFor()
      await page.waitForTimeout(2_500)
      await slowDown(page, slowness)
      await forgetSeen(page)
      await prompt.pressSequentially('Sort the selected lines. '.repeat(8), { delay: 40 })
      await page.waitForTimeout(1_000)
      tasks.push((await seenBy(page)).longTasks)
    })
  }
  return [longTaskRow('typing 200 characters into the prompt', tasks)]
}

/** Tasks over 50 ms, and what moves, while the model writes a file of 5,000 lines in the editor. */
async function streaming(home: Home): Promise<Row[]> {
  const tasks: number[][] = []
  const shifts: number[] = []
  for (let run = 0; run < 3; run++) {
    await withPage(home, async (page) => {
      const { pluginId } = await home.client.plugins.generate.mutate({
        orgId: home.orgId,
        operationId: crypto.randomUUID(),
        prompt: 'Sort the selected lines',
        model: 'sandbox/long',
      })
      await page.goto(`${home.api.url}/${home.slug}/plugins/${pluginId}`)
      await page.locator('.cm-content').waitFor()
      await slowDown(page, slowness)
      await forgetSeen(page)
      await untilEnded(home, pluginId)
      await page.waitForTimeout(1_000)
      const seen = await seenBy(page)
      tasks.push(seen.longTasks)
      shifts.push(seen.shift)
    })
  }
  return [
    longTaskRow('a file of 5,000 lines streams into the editor', tasks),
    {
      what: 'a file of 5,000 lines streams into the editor: layout shift',
      measured: spread(shifts, 3),
      goal: '0',
    },
  ]
}

function longTaskRow(what: string, runsOfTasks: number[][]): Row {
  const counts = runsOfTasks.map((tasks) => tasks.length)
  const longest = runsOfTasks.map((tasks) => Math.max(0, ...tasks))
  return {
    what: `${what}: tasks over 50 ms`,
    measured: `${spread(counts)}, the longest ${spread(longest)} ms`,
    goal: '0',
  }
}

/** A new browser profile, with nothing cached. */
async function withPage(home: Home, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await home.browser.newContext({ viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = home.cookie.split('=')
  if (name !== '') await context.addCookies([{ name, value, url: home.api.url }])
  const page = await context.newPage()
  await observe(page)
  await work(page)
  await context.close()
}

async function untilEnded({ client, orgId }: Home, pluginId: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if ((await client.plugins.byId.query({ orgId, pluginId })).activeGeneration === null) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the generation does not end')
}

async function gzipBytes(path: string): Promise<number> {
  return gzipSync(await readFile(join(webFolder, path))).length
}
