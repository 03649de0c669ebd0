import { defineConfig } from 'vitest/config'
import { LongestFirst } from './vitest.sequencer.ts'

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
      test: {
        name: root,
        include: ['**/*.test.ts'],
        testTimeout: 60_000,
        hookTimeout: 60_000,
        // Loading the API anew for each file would take a quarter of the time. The command line's tests mock modules.
        isolate: root === 'apps/cli',
      },
    })),
    // Many tests wait more than they work: a third fills the gaps of two on two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // What is waited for comes when it comes: a second is not enough for a busy machine.
    expect: { poll: { timeout: 15_000 } },
  },
})
