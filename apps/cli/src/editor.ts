import { once } from 'node:events'
import spawn from 'cross-spawn'
import { CliError } from './failure.ts'
import type { Io } from './io.ts'
import { findOnPath } from './program-path.ts'

/**
 * Installs a `.vsix` with the editor's own command. On Windows that is a script for `cmd.exe`, which splits words and runs what it
 * finds in them unless each is quoted its way: `cross-spawn` does. @throws with what the editor said; an AbortError after a Ctrl-C.
 */
export async function install(
  editor: string,
  path: string,
  { env, interrupted: signal }: Pick<Io, 'env' | 'interrupted'>,
): Promise<void> {
  signal.throwIfAborted()
  const didNotStart = (cause?: unknown) =>
    new CliError(
      `“${editor}” did not start. In VS Code run “Shell Command: Install 'code' command in PATH”, or name your editor with --code. The file is ${path}`,
      undefined,
      { cause },
    )
  const program = process.platform === 'win32' ? await findOnPath(editor, env) : editor
  if (program === null) throw didNotStart()
  const child = spawn(program, ['--install-extension', path, '--force'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const code = await endOf(child).catch((error: unknown) => {
    signal.throwIfAborted()
    throw didNotStart(error)
  })
  // A Ctrl-C reaches the editor too: that it ended says nothing then.
  signal.throwIfAborted()
  if (code !== 0) throw new CliError(`${editor} refused ${path}:\n${said.trim()}`)
}

/** @throws when it did not start. */
async function endOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  const [code]: (number | null)[] = await once(child, 'close')
  return code ?? null
}
