import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildWeb, run } from './build.ts'
import { playwright, startStack } from './stack.ts'

const folder = fileURLToPath(new URL('../docs/screenshots', import.meta.url))

/**
 * `pnpm screenshots`: renders every page and state into docs/screenshots. What is left of pictures that nobody takes anymore
 * goes with a whole run; with words after the command only the pictures of those tests are taken anew.
 */
async function main(): Promise<number> {
  const chosen = process.argv.slice(2)
  const isBuilt = await buildWeb()
  if (isBuilt !== 0) return isBuilt
  const stack = await startStack()
  try {
    if (chosen.length === 0) await rm(folder, { recursive: true, force: true })
    return await run(
      process.execPath,
      [playwright, 'test', '--config', 'playwright.screenshots.config.ts', ...chosen],
      { env: { BASE_URL: stack.api.origin } },
    )
  } finally {
    await stack.stop()
  }
}

process.exitCode = await main()
