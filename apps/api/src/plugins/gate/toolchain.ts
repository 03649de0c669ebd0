import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

/** Where the tools of the gate lie on this machine. Folders are real paths. */
export type Toolchain = {
  /** The checker's native program. Its JavaScript launcher would be a second process that outlives a kill. */
  tsc: string
  typeFiles: string[]
  /** Folders that the checker may read besides the plugin's own: installed packages, which are public. */
  packageFolders: string[]
}

const ours = createRequire(import.meta.url)

/** Finds the checker and the types among the installed packages. @throws Error when the platform's checker is not installed. */
export function findToolchain(): Toolchain {
  const typescript = packageFolder(ours, 'typescript')
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`
  const native = packageFolder(createRequire(join(typescript, 'package.json')), platform)
  const types = ['@types/vscode', '@types/node'].map((name) => packageFolder(ours, name))
  return {
    tsc: join(native, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc'),
    typeFiles: types.map((folder) => join(folder, 'index.d.ts')),
    packageFolders: [...new Set([native, ...types].map(installRoot))],
  }
}

/** The exact version of a package that the gate itself uses, so that what people build is what was proven. */
export function toolVersion(name: 'typescript' | 'esbuild' | '@types/vscode' | '@types/node'): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(packageFolder(ours, name), 'package.json'), 'utf8'),
  )
  return manifest.version
}

function packageFolder(from: NodeJS.Require, name: string): string {
  return realpathSync(dirname(from.resolve(`${name}/package.json`)))
}

/** The outermost node_modules around a folder: type packages find each other anywhere below it. */
function installRoot(folder: string): string {
  const marker = `${sep}node_modules${sep}`
  const end = folder.indexOf(marker)
  return end === -1 ? folder : folder.slice(0, end + marker.length - 1)
}
