import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitCode } from '../exit-codes.ts'
import { run } from '../run.ts'
import { type FakeServer, startFakeServer } from './server.ts'

type Options = {
  env?: Record<string, string>
  interrupt?: AbortController
  /** Hears everything as it is said. */
  onSaid?: (text: string) => void
}

/** A device of its own: its folders are empty, and nothing of this machine's environment counts. */
export async function newDevice() {
  const cwd = await mkdtemp(join(tmpdir(), 'tallyforge-tf-'))
  const config = await mkdtemp(join(tmpdir(), 'tallyforge-config-'))
  return { cwd, env: { TALLYFORGE_CONFIG: config } }
}

/** Runs one command line in this process. */
export async function tf(
  { cwd, env }: Awaited<ReturnType<typeof newDevice>>,
  argv: string[],
  options: Options = {},
): Promise<{ code: ExitCode; stdout: string; stderr: string; opened: string[] }> {
  let stdout = ''
  let stderr = ''
  const opened: string[] = []
  const code = await run({
    argv,
    env: { ...env, ...options.env },
    cwd,
    stdout: {
      write: (text) => {
        stdout += text
        options.onSaid?.(text)
      },
    },
    stderr: {
      write: (text) => {
        stderr += text
        options.onSaid?.(text)
      },
    },
    liveLine: null,
    interrupted: (options.interrupt ?? new AbortController()).signal,
    openBrowser: async (url) => opened.push(url),
  })
  return { code, stdout, stderr, opened }
}

const session = {
  user: { id: 'usr_1', email: 'ada@example.com', name: 'Ada', staffLevel: null },
  orgs: [{ id: 'org_1', slug: 'acme', name: 'Acme', role: 'owner' }],
}

/** A server on which Ada is signed in. */
export function startServer(...[routes]: Parameters<typeof startFakeServer>): Promise<FakeServer> {
  return startFakeServer({ ...routes, procedures: { 'auth.session': session, ...routes.procedures } })
}
