import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'
import { CliError } from './failure.ts'

const content = z.object({
  /** Where `tf login` was done last: what later commands speak to. */
  server: z.string(),
  /** The token of this device, by the server's origin. */
  tokens: z.record(z.string(), z.string()),
})
type Content = z.infer<typeof content>

/** The tokens of this device, in a file that only its owner can read. */
export type SessionFile = {
  path: string
  read: () => Promise<Content | null>
  setToken: (server: string, token: string) => Promise<void>
  removeToken: (server: string) => Promise<void>
}

/** `TALLYFORGE_CONFIG` names another folder than the system's own for settings. */
export function openSessionFile(env: Record<string, string | undefined>): SessionFile {
  const folder = env.TALLYFORGE_CONFIG ?? envPaths('tallyforge', { suffix: '' }).config
  const path = join(folder, 'session.json')

  async function read(): Promise<Content | null> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw new CliError(
        `Cannot read ${path} (${error.code}). Set TALLYFORGE_CONFIG to a folder that is yours.`,
        undefined,
        { cause: error },
      )
    })
    if (text === null) return null
    const parsed = content.safeParse(jsonOf(text))
    if (!parsed.success) throw new CliError(`${path} is damaged. Delete it, then run: tf login`)
    return parsed.data
  }

  /** Through a file beside it, so that a crash leaves the old one whole. */
  async function write(next: Content): Promise<void> {
    const draft = `${path}.${process.pid}.tmp`
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(draft, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
      await chmod(draft, 0o600)
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw new CliError(
        `Cannot write ${path}. Set TALLYFORGE_CONFIG to a folder that is yours.`,
        undefined,
        {
          cause: error,
        },
      )
    }
  }

  return {
    path,
    read,
    setToken: async (server, token) => {
      const before = await read()
      await write({ server, tokens: { ...before?.tokens, [server]: token } })
    },
    removeToken: async (server) => {
      const before = await read()
      if (before === null) return
      const { [server]: _, ...tokens } = before.tokens
      await write({ ...before, tokens })
    },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Judged with everything else that is no session file.
    return null
  }
}
