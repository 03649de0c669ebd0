import { join } from 'node:path'
import type { GateMessage } from '@tallyforge/core/plugins/gate'
import { runChecker } from './checker-process.ts'
import { readDiagnostics } from './diagnostics.ts'
import { withTempFolder, writeBelow } from './temp-folder.ts'
import { findToolchain } from './toolchain.ts'
import { createTurns } from './turns.ts'

/** A checker takes 0.1 s and 60 MB on a plugin, and up to 8 s and 1.5 GB on a hostile one: two at a time. */
const turns = createTurns({ running: 2, waiting: 50 })
const timeoutMs = 8000

/** The checker's settings, the same in the gate and in the sources that people download. */
export const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
}

/**
 * Type-checks the plugin's sources and says what is wrong, at most 20 messages. Only .ts and .json files are written, into a fresh
 * folder that is removed afterwards. Expects files that passed the path and import steps; if a type still led outside, the list of
 * files that the checker read shows it, and nothing that it said is passed on.
 * @throws unavailable when 50 checks already wait, the signal's reason when it aborts.
 */
export function checkTypes(files: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<GateMessage[]> {
  return turns.take(() => withTempFolder((folder) => check(folder, files, signal)), signal)
}

async function check(
  folder: string,
  files: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<GateMessage[]> {
  const { tsc, typeFiles, packageFolders } = findToolchain()
  const sources = [...files].filter(
    ([path]) => /\.(?:ts|json)$/.test(path) && !/^tsconfig\.json$/i.test(path),
  )
  const roots = sources.map(([path]) => path).filter((path) => path.endsWith('.ts'))
  const config = {
    compilerOptions: { ...compilerOptions, types: [], typeRoots: [] },
    files: [...roots.map((path) => `./${path}`), ...typeFiles],
  }
  await writeBelow(folder, [...sources, ['tsconfig.json', JSON.stringify(config)]])
  const args = ['--project', join(folder, 'tsconfig.json'), '--pretty', 'false', '--listFiles']
  const run = await runChecker({ program: tsc, args, folder, timeoutMs, ...(signal ? { signal } : {}) })
  if (run.end === 'stopped') {
    return [
      { text: 'The types are too complicated: checking them took too much time or memory. Simplify them.' },
    ]
  }
  const { outside, messages } = readDiagnostics(run.output, { folder, packageFolders, files })
  if (outside) return [{ text: 'A type leads outside of the plugin. Import only its own files.' }]
  const hasVerdict = messages.length > 0 === (run.end === 'failed')
  return hasVerdict ? messages : [{ text: 'The types could not be checked. Simplify them.' }]
}
