import { buildExtension, buildPanelPage, buildWeb, run } from './build.ts'
import { playwright, startStack } from './stack.ts'
import { installCodeServer } from './vscode/install-code-server.ts'

type Suite = { args: string[]; env?: Record<string, string>; prepare?: () => Promise<unknown> }

const vscode = (args: string[]): Suite => ({
  // Here and not in a test, whose time it would take.
  prepare: installCodeServer,
  args: ['-c', 'vscode/playwright.config.ts', ...args],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: process.env.VSCODE_JSON_OUTPUT_FILE || '/dev/null' },
})

/**
 * Builds the clients, starts the whole stack on free ports, and runs Playwright against it: the web app, and beside it the extension in VS Code.
 * With `vscode` as the first argument only the latter, with any other only the former; they go to Playwright.
 */
async function main(args: string[]): Promise<number> {
  const isVscode = args[0] === 'vscode'
  const suites: Suite[] = isVscode
    ? [vscode(args.slice(1))]
    : [{ args }, ...(args.length === 0 ? [vscode([])] : [])]
  const isBuilt =
    (await buildWeb()) ||
    (isVscode ? 0 : await buildPanelPage()) ||
    (suites.length > 1 || isVscode ? await buildExtension() : 0)
  if (isBuilt !== 0) return isBuilt
  const stack = await startStack()
  try {
    // At once: VS Code's one walk waits for it more than it works.
    const ends = await Promise.allSettled(
      suites.map(async ({ args, env, prepare }) => {
        await prepare?.()
        return run(process.execPath, [playwright, 'test', ...args], {
          env: { BASE_URL: stack.api.origin, ...env },
        })
      }),
    )
    // Nobody's stack is stopped while they walk: what went wrong is thrown when all are back.
    return Math.max(
      ...ends.map((end) => {
        if (end.status === 'rejected') throw end.reason
        return end.value
      }),
    )
  } finally {
    await stack.stop()
  }
}

process.exitCode = await main(process.argv.slice(2))
