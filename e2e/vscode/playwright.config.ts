import { defineConfig } from '@playwright/test'
import web from '../playwright.config.ts'

/** VS Code itself, with our extension: the short way by `pnpm test`, all of it by `pnpm prove`. */
export default defineConfig({
  ...web,
  testDir: '.',
  // Not below the other run's, which is emptied while this one writes.
  outputDir: 'test-results',
  testMatch: process.env.PROVE ? '*.spec.ts' : 'smoke.spec.ts',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // Each has a server, an extension host and a browser of its own.
  workers: 1,
  use: { ...web.use, viewport: { width: 1280, height: 800 } },
})
