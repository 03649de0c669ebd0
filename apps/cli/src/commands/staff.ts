import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type StaffLevel, staffLevels } from '@tallyforge/core/staff'
import type { Cli } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { CliError } from '../failure.ts'
import { type ListOptions, pagesOf, rowsOf } from '../pages.ts'

type Options = { level?: string; host?: boolean }

/** Who is staff. Pages are printed as they come. */
export async function listStaff(cli: Cli, options: ListOptions): Promise<void> {
  const { client } = await cli.signedIn()
  const { search = '' } = options
  const pages = pagesOf((page) => client.admin.staff.list.query({ ...page, search }), {
    limit: rowsOf(options),
    pageSize: 500,
  })
  await cli.out.list(
    pages,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'EMAIL', of: ({ email }) => email },
      { title: 'NAME', of: ({ name }) => name },
      { title: 'LEVEL', of: ({ level }) => level },
      { title: 'SINCE', of: ({ since }) => since?.toISOString().slice(0, 10) ?? 'unknown' },
      { title: 'STATE', of: ({ suspendedAt }) => (suspendedAt === null ? 'active' : 'suspended') },
    ],
    'Nobody is staff.',
  )
}

/** Makes somebody staff: by an admin of the staff, or on the server's machine by whoever runs it. */
export async function grantStaff(cli: Cli, email: string, options: Options): Promise<void> {
  const level = levelOf(options.level)
  if (options.host) await onHost(['grant', email, level], cli.io.interrupted)
  else await (await cli.signedIn()).client.admin.staff.grant.mutate({ email, level })
  cli.out.result({ email, level }, `${email} is staff (${level}) now.`)
}

export async function revokeStaff(cli: Cli, email: string, { host }: Options): Promise<void> {
  if (host) await onHost(['revoke', email], cli.io.interrupted)
  else await (await cli.signedIn()).client.admin.staff.revoke.mutate({ email })
  cli.out.result({ email, level: null }, `${email} is not staff anymore.`)
}

function levelOf(text: string | undefined): StaffLevel {
  const level = staffLevels.find((each) => each === text)
  if (level === undefined)
    throw new CliError(`--level is one of: ${staffLevels.join(', ')}.`, exitCodes.usage)
  return level
}

/** Opens the database, which a client may not: so it is a program of its own, of the checkout that the server runs from. */
async function onHost(words: string[], signal: AbortSignal): Promise<void> {
  const program = fileURLToPath(new URL('../../../../scripts/staff.ts', import.meta.url))
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  signal.throwIfAborted()
  if (code !== 0) throw new CliError(said.trim() || 'The database could not be opened.')
}
