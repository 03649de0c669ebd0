import { buildWeb, playwright, run, startStack } from './stack.ts'

/** Builds the web app, starts the whole stack on free ports, and runs Playwright against it. */
async function main(): Promise<number> {
  const isBuilt = await buildWeb()
  if (isBuilt !== 0) return isBuilt
  const stack = await startStack()
  try {
    return await run(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
      env: { BASE_URL: stack.api.origin },
    })
  } finally {
    await stack.stop()
  }
}

process.exitCode = await main()
