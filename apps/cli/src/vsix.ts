import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { SignedIn } from './connection.ts'
import { CliError } from './failure.ts'

export type Downloaded = { fileName: string; bytes: Uint8Array }

/** A version's file, through a link that is good for minutes. @throws for a version that is not ready. */
export async function download(
  { client, origin, org }: SignedIn,
  versionId: string,
  kind: 'vsix' | 'sources',
): Promise<Downloaded> {
  const { url, fileName } = await client.plugins.download.mutate({ orgId: org.id, versionId, kind })
  const response = await fetch(new URL(url, origin))
  if (!response.ok) throw new CliError(`The server did not give the file (${response.status}). Try again.`)
  // A name of the server's is a name in a folder, never a way out of it.
  return { fileName: basename(fileName), bytes: new Uint8Array(await response.arrayBuffer()) }
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

/** Installs a `.vsix` with the editor's own command. @throws with what the editor said. */
export async function install(editor: string, path: string): Promise<void> {
  const child = spawn(editor, ['--install-extension', path, '--force'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // `code` is a script of the shell's there.
    shell: process.platform === 'win32',
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const [code] = (await Promise.race([
    once(child, 'close'),
    once(child, 'error').then(([error]) => {
      throw new CliError(
        `“${editor}” did not start. In VS Code run “Shell Command: Install 'code' command in PATH”, or name your editor with --code. The file is ${path}`,
        undefined,
        { cause: error },
      )
    }),
  ])) as [number | null]
  if (code !== 0) throw new CliError(`${editor} refused ${path}:\n${said.trim()}`)
}
