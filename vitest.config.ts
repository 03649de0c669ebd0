import { defineConfig } from 'vitest/config'

/** T1: everything that `pnpm test` runs. One PostgreSQL for the whole run, one database per file. */
export default defineConfig({
  test: {
    globalSetup: ['./vitest.global.ts'],
    projects: [
      'packages/core',
      'packages/db',
      'packages/client',
      'apps/api',
      'apps/cli',
      'apps/sandbox',
      'apps/vscode',
      'apps/web',
      'scripts',
    ].map((root) => ({
      extends: true,
      root,
      test: { name: root, include: ['**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
    })),
    maxWorkers: 2,
  },
})
