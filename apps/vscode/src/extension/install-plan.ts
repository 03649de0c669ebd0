import { publisher } from '@tallyforge/core/plugins/identity'

/** `word-count-1a2b3c4d-0.0.3.vsix` */
const archiveName = /^([a-z0-9][a-z0-9-]*)-0\.0\.(\d+)\.vsix$/

/** What VS Code will know a generated plugin by; null when the name is not one that the platform gives. */
export function readArchiveName(fileName: string): { extensionId: string; number: number } | null {
  const [, name, number] = archiveName.exec(fileName) ?? []
  return name === undefined || number === undefined
    ? null
    : { extensionId: `${publisher}.${name}`, number: Number(number) }
}
