import { defineConfig } from 'vitest/config'

/** T2: the same proofs at full scale, and those that are too long for every run. */
export default defineConfig({
  test: {
    globalSetup: ['./vitest.global.ts'],
    projects: ['packages/db', 'apps/api'].map((root) => ({
      extends: true,
      root,
      test: { name: root, include: ['**/*.prove.ts'], testTimeout: 900_000, hookTimeout: 60_000 },
    })),
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000 } },
  },
})
