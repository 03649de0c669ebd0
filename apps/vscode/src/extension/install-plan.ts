import { posix } from 'node:path'
import { DomainError } from '@tallyforge/core/errors'
import { publisher } from '@tallyforge/core/plugins/identity'
import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'

/** `word-count-1a2b3c4d-0.0.3.vsix` */
const archiveName = /^([a-z0-9][a-z0-9-]*)-0\.0\.(\d+)\.vsix$/

const manifestPath = 'extension/package.json'
/** No manifest is longer; what unpacks to more is made to hurt. */
const mostManifestBytes = 1024 * 1024

const identity = z.object({ publisher: z.string(), name: z.string(), version: z.string() })

/**
 * What VS Code will know a generated plugin by. The file's name says it and its manifest must say the same: VS Code goes by the manifest
 * alone, so that a file could take the place of any other extension. @throws DomainError for any other file.
 */
export function readArchive(fileName: string, bytes: Uint8Array): { extensionId: string; number: number } {
  const [, name = '', number = ''] = archiveName.exec(fileName) ?? []
  if (name === '') throw new DomainError('internal', 'The server named the file in a way that is not known.')
  const found = readIdentity(bytes)
  const isSame =
    found?.publisher === publisher && found.name === name && found.version === `0.0.${Number(number)}`
  if (!isSame) {
    throw new DomainError(
      'gate_refused',
      'The file that the server sent is not this plugin. Nothing was installed. Ask the server’s operator.',
    )
  }
  return { extensionId: `${publisher}.${name}`, number: Number(number) }
}

/** Null when the archive has no manifest, more than one, or one that is none. */
function readIdentity(bytes: Uint8Array): z.infer<typeof identity> | null {
  const manifests: string[] = []
  try {
    const content = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (unpackedAs(name) !== 'package.json') return false
        manifests.push(name)
        return name === manifestPath && originalSize <= mostManifestBytes
      },
    })[manifestPath]
    if (manifests.length !== 1 || content === undefined) return null
    return identity.parse(JSON.parse(strFromU8(content)))
  } catch {
    // It is no archive, or its manifest is none: who asks says so.
    return null
  }
}

/** Where VS Code unpacks an entry to: it cuts off `extension` and joins the rest, on file systems that may not tell cases apart. */
function unpackedAs(name: string): string {
  const path = name.replaceAll('\\', '/').toLowerCase()
  return posix.join('/', path.replace(/^extension/, '')).slice(1)
}
