import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect } from '../person.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const widths = { 1440: 900, 390: 844 } as const
/** What is left of a desktop's window at 200 %: looked at, of which no picture is kept. */
const zoomed = { width: 720, height: 450 }
/** What a picture shows of a page that is longer. */
const tallest = 6_000

type Options = {
  /** Opens the page and brings it into the state; done anew for each picture. */
  open: (page: Page) => Promise<void>
  /** As tall as the page is, in place of what one sees of it at once. */
  isWhole?: boolean
  /** The note about the stand-in for the model stands on every page of the frame: one picture is enough. */
  hasNote?: boolean
  /** The page shows skeletons for their own sake. */
  hasSkeletons?: boolean
  /** Parts come and go while they are looked at: the walks through the editor judge what one can use of it. */
  isMoving?: boolean
}

/** Takes a page in both themes and both widths: `<name>-light-1440.webp` and its sisters. */
export async function picture(page: Page, name: string, options: Options): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (!options.hasNote) await page.addInitScript(() => sessionStorage.setItem('stand-in-dismissed', '1'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, height] of Object.entries(widths)) {
      await page.setViewportSize({ width: Number(width), height })
      await options.open(page)
      await settled(page, options)
      await expectNoFault(page, `${name}, ${colorScheme}, ${width}`, options)
      if (options.isWhole) await grow(page, options)
      const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
      await writeFile(`${folder}${name}-${colorScheme}-${width}.webp`, await small(taken))
    }
  }
  await page.setViewportSize(zoomed)
  await options.open(page)
  await settled(page, options)
  await expectNoFault(page, `${name}, at 200 %`, options)
}

/** Nobody shows a picture of what some people cannot use, or have to scroll sideways for. */
async function expectNoFault(page: Page, what: string, { isMoving }: Options): Promise<void> {
  if (!isMoving) {
    const { violations } = await new AxeBuilder({ page }).analyze()
    const faults = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])
    expect.soft(faults, what).toEqual([])
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, what).toBe(0)
}

/** The watch stays open, so the network is never idle: wait for skeletons, faces and the parts that come when it is quiet. */
async function settled(page: Page, { hasSkeletons }: Options): Promise<void> {
  if (!hasSkeletons) await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const frame = page.locator('#content')
  if ((await frame.count()) > 0) {
    await expect(page.locator('[aria-haspopup="menu"]:has-text(", account")')).toHaveCount(1)
    const menus = page.locator('tr [aria-label^="Actions for"]')
    await expect(menus).toHaveCount(await page.locator('table[aria-label="Plugins"] tbody tr').count())
  }
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
}

/** Pages of the frame scroll inside of it: the window grows until nothing does. */
async function grow(page: Page, options: Options): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  const hidden = await page.evaluate(() => {
    const main = document.querySelector('main') ?? document.documentElement
    const places = [main, document.documentElement]
    return Math.max(...places.map((place) => place.scrollHeight - place.clientHeight))
  })
  if (hidden <= 0) return
  await page.setViewportSize({ width, height: Math.min(height + hidden, tallest) })
  await settled(page, options)
}

/** WebP without loss is half of a PNG, and unlike a palette it keeps the green of one small figure. */
function small(taken: Buffer): Promise<Buffer> {
  return sharp(taken).webp({ lossless: true, effort: 6 }).toBuffer()
}
