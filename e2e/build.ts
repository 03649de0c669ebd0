import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const web = join(here, '../apps/web')
const vscode = join(here, '../apps/vscode')

/** Where the web app is built to, as production has it. */
export const webFolder = join(web, 'dist')
/** Where it is built to with the page of the design system, which nobody is shipped. */
export const designFolder = join(web, 'dist-design')

/** Builds the web app, as production has it. Returns the exit code. */
export function buildWeb(): Promise<number> {
  return build(web, [], {})
}

/** Builds the web app with its design page. Returns the exit code. */
export function buildDesign(): Promise<number> {
  return build(web, ['--outDir', designFolder], { VITE_DESIGN_PAGE: '1' })
}

/** Builds the page that shows the editor's panel in a browser, beside the web app. Returns the exit code. */
export function buildPanelPage(): Promise<number> {
  return build(vscode, ['--mode', 'page'], { PANEL_PAGE_FOLDER: join(webFolder, 'panel-page') })
}

/** Builds and packs the VS Code extension. Returns the exit code. */
export function buildExtension(): Promise<number> {
  return run(process.execPath, [join(here, '../scripts/extension.ts')], {})
}

function build(folder: string, args: string[], env: Record<string, string>): Promise<number> {
  const vite = join(
    dirname(createRequire(join(folder, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  )
  return run(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: folder, env })
}

/** Runs a command to its end and returns its exit code. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? here,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}
