import { buildExtension, buildPanelPage, buildWeb, playwright, run, startStack } from './stack.ts'

/**
 * Builds the clients, starts the whole stack on free ports, and runs Playwright against it. `vscode` as the first argument: the
 * extension in VS Code, else the web app; whatever follows goes to Playwright.
 */
async function main([first, ...rest]: string[]): Promise<number> {
  const isVscode = first === 'vscode'
  const isBuilt = (await buildWeb()) || (isVscode ? await buildExtension() : await buildPanelPage())
  if (isBuilt !== 0) return isBuilt
  const args = isVscode ? ['-c', 'vscode/playwright.config.ts', ...rest] : process.argv.slice(2)
  const stack = await startStack()
  try {
    return await run(process.execPath, [playwright, 'test', ...args], {
      env: { BASE_URL: stack.api.origin },
    })
  } finally {
    await stack.stop()
  }
}

process.exitCode = await main(process.argv.slice(2))
