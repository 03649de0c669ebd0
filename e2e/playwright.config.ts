import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser.ts'

export default defineConfig({
  testDir: './tests',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // The walks wait more than they work: a third fills the gaps of two on two cores.
  workers: 3,
  fullyParallel: true,
  // A test that passes only when repeated is a failed test.
  retries: 0,
  forbidOnly: true,
  reporter: [['dot'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '/dev/null' }]],
  use: {
    baseURL: process.env.BASE_URL ?? 'http://localhost:5173',
    headless: true,
    launchOptions: await findBrowser(),
    // Recording costs a third of the time, and makes pages slow that are not: `TRACE=1` for a look at one walk.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
})
