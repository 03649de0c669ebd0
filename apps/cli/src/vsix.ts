import { writeFile } from 'node:fs/promises'
import type { SignedIn } from './connection.ts'
import { exitCodes } from './exit-codes.ts'
import { CliError } from './failure.ts'

export type Downloaded = { fileName: string; bytes: Uint8Array }

/** The names that the platform gives, such as `word-count-1a2b3c4d-0.0.3.vsix`: none is hidden, none leads out of a folder. */
const fileNames = {
  vsix: /^[a-z0-9][a-z0-9-]{0,99}-0\.0\.\d{1,10}\.vsix$/,
  sources: /^[a-z0-9][a-z0-9-]{0,99}-0\.0\.\d{1,10}-sources\.zip$/,
}

/** More than any plugin's archive can be, far less than what would hurt this machine. */
const mostBytes = 32 * 1024 * 1024

/**
 * A version's file, through a link that is good for minutes. @throws for a version that is not ready, and for an answer that is no file
 * of the platform's; an AbortError once the signal aborts.
 */
export async function download(
  { client, origin, org }: SignedIn,
  versionId: string,
  kind: keyof typeof fileNames,
  signal: AbortSignal,
): Promise<Downloaded> {
  const { url, fileName } = await client.plugins.download.mutate({ orgId: org.id, versionId, kind })
  if (!fileNames[kind].test(fileName)) {
    throw new CliError(
      `The server named the file “${fileName}”, which is no name of a plugin’s. Ask its operator.`,
    )
  }
  const link = URL.parse(url, origin)
  if (link?.origin !== origin) {
    throw new CliError('The server gave a link to another server, which is not followed. Ask its operator.')
  }
  return { fileName, bytes: await fetchBytes(link, signal) }
}

async function fetchBytes(link: URL, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const response = await fetch(link, { redirect: 'error', signal })
    if (!response.ok) throw new CliError(`The server did not give the file (${response.status}). Try again.`)
    return await readBytes(response)
  } catch (error) {
    if (error instanceof CliError || signal.aborted) throw error
    throw new CliError('The server did not give the whole file. Try again.', exitCodes.noServer, {
      cause: error,
    })
  }
}

/** Counts while it reads: what a server says of a file's length need not be true. */
async function readBytes({ body }: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.byteLength
    if (size > mostBytes)
      throw new CliError('The file is too large to be a plugin. Ask the server’s operator.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Writes a file that must be new unless `mayReplace`. */
export async function save(path: string, { bytes }: Downloaded, mayReplace: boolean): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: mayReplace ? 'w' : 'wx' })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why =
      code === 'EEXIST'
        ? `${path} is there already. Add --force to replace it.`
        : `Cannot write ${path}: ${message}`
    throw new CliError(why, undefined, { cause: error })
  }
}
