import { once } from 'node:events'
import { join } from 'node:path'
import { root, startNode, toolEntry } from './processes.ts'

const folder = join(root, 'apps/vscode')

/** One step of the build. @throws when it fails; it has said why. */
async function step(script: string, ...args: string[]): Promise<void> {
  const [code] = await once(startNode(script, args, { cwd: folder }), 'exit')
  if (code !== 0) throw new Error('The extension was not built.')
}

/** `pnpm extension`: builds the VS Code extension and packs it. */
try {
  await step('scripts/build.ts')
  await step(toolEntry('vite', 'bin/vite.js', folder), 'build', '--logLevel', 'warn')
  await step('scripts/package.ts')
  process.stdout.write('\n  code --install-extension apps/vscode/dist/tallyforge.vsix\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
