import { test as base, expect } from '@playwright/test'
import { startApi } from './api.ts'
import { buildDesign, designFolder } from './build.ts'

/** Tests of the design system's page: production has no such page, so it is built and served for them alone. */
export const test = base.extend<object, { designOrigin: string }>({
  designOrigin: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      if ((await buildDesign()) !== 0) throw new Error('the design page does not build')
      const api = await startApi({ WEB_FOLDER: designFolder })
      await use(api.origin)
      await api.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ designOrigin }, use) => use(designOrigin),
})

export { expect }
