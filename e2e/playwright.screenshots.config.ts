import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

/** Pictures are taken as tests: each makes its state through the real API, and waits for what it shows. */
export default defineConfig(tests, {
  testDir: './screenshots',
  testMatch: '*.shots.ts',
  timeout: 180_000,
  reporter: 'list',
  use: {
    trace: 'off',
    locale: 'en-US',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
  },
})
