import type { Page } from '@playwright/test'

declare global {
  interface Window {
    seen: { largestPaintMs: number; mainMs: number; shift: number; longTasks: number[] }
  }
}

/** Lets a page note, from its first moment on, what people feel. Read it with `seenBy`. */
export async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { largestPaintMs: 0, mainMs: 0, shift: 0, longTasks: [] as number[] }
    window.seen = seen
    const on = (type: string, take: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
    on('largest-contentful-paint', ({ startTime }) => {
      seen.largestPaintMs = startTime
    })
    on('longtask', ({ duration }) => seen.longTasks.push(duration))
    on('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
      if (!hadRecentInput) seen.shift += value
    })
    new MutationObserver((_, observer) => {
      if (document.querySelector('main > *') === null) return
      seen.mainMs = performance.now()
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
}

export const seenBy = (page: Page) => page.evaluate(() => window.seen)

/** Forgets what was noted so far. */
export const forgetSeen = (page: Page) =>
  page.evaluate(() => Object.assign(window.seen, { shift: 0, longTasks: [] }))

/** A processor a few times slower than this one, as in a cheap laptop or a phone. */
export async function slowDown(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
}

/** Paths of the scripts that had come before the page's own part was first drawn. */
export function scriptsBeforeMain(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as PerformanceResourceTiming).responseEnd <= window.seen.mainMs)
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  )
}
