import { readFile, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createCatalog } from '@tallyforge/api/catalog'
import { EnvNotUsable, envGroups, readEnv } from '@tallyforge/api/env'
import { DomainError } from '@tallyforge/core/errors'
import { freePort } from '@tallyforge/db/embedded'
import { DatabaseNotUsable, migrationState } from '@tallyforge/db/migrate'
import { roleUrl } from '@tallyforge/db/roles'
import postgres from 'postgres'
import { openDatabase, type ProjectDatabase } from './database.ts'
import { explainFailure } from './explain.ts'
import { portHolder } from './port-holder.ts'
import { PortNotUsable, portSettings, readPort } from './ports.ts'
import { root } from './processes.ts'
import { findRunning, type Running } from './running.ts'
import { meantSetting } from './setting-names.ts'

type Finding = { name: string; isOk: boolean; detail: string; fix?: string }

/** `pnpm diagnose`: looks at everything that running needs; each trouble comes with the line that mends it. */
async function diagnose(): Promise<Finding[]> {
  const findings: Finding[] = [node(), await disk()]
  const running = await findRunning()
  for (const setting of ['PORT', 'WEB_PORT', 'SANDBOX_PORT'] as const) {
    findings.push(await port(setting, running))
  }
  let database: ProjectDatabase | null = null
  try {
    database = await openDatabase()
    findings.push({ name: 'database', isOk: true, detail: new URL(database.url).host })
    findings.push(
      await version(database),
      await migrations(database),
      await roles(database),
      await books(database),
    )
  } catch (error) {
    findings.push({
      name: 'database',
      isOk: false,
      detail: explainFailure(error),
      fix: error instanceof DatabaseNotUsable ? error.fix : 'see the line above',
    })
  }
  findings.push(...(await names()), ...models(database))
  await database?.close()
  return findings
}

function node(): Finding {
  const isOk = Number(process.versions.node.split('.')[0]) >= 24
  return {
    name: 'Node',
    isOk,
    detail: `v${process.versions.node} (from node_modules)`,
    fix: 'run it through pnpm: npx pnpm diagnose',
  }
}

async function disk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(root)
  const gigabytes = (bavail * bsize) / 1e9
  return {
    name: 'disk',
    isOk: gigabytes >= 1,
    detail: `${gigabytes.toFixed(1)} GB free`,
    fix: 'free at least 1 GB',
  }
}

async function port(setting: keyof NonNullable<Running['ports']>, running: Running | null): Promise<Finding> {
  const name = `port of the ${portSettings[setting].of}`
  const own = running?.ports?.[setting]
  if (own !== undefined) {
    return {
      name,
      isOk: true,
      detail: `port ${own} is Tallyforge's own, which runs here (process ${running?.runner})`,
    }
  }
  let wanted: number
  try {
    wanted = readPort(setting)
  } catch (error) {
    if (!(error instanceof PortNotUsable)) throw error
    return { name, isOk: false, detail: error.message, fix: 'correct it in .env or the shell' }
  }
  const isFree = (await freePort(wanted)) === wanted
  // In development the next free port is taken, so this is worth knowing and no trouble.
  const detail = isFree
    ? `port ${wanted} is free`
    : `port ${wanted} is taken by ${await portHolder(wanted)}; set ${setting} to choose another`
  return { name, isOk: true, detail }
}

async function query<T extends postgres.Row>(
  url: string,
  ask: (sql: postgres.Sql) => Promise<T[]>,
): Promise<T[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    return await ask(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function version({ url }: ProjectDatabase): Promise<Finding> {
  const [row] = await query(
    url,
    (sql) => sql<{ version: string }[]>`select current_setting('server_version') as version`,
  )
  const isOk = Number(row?.version.split('.')[0]) >= 18
  return {
    name: 'PostgreSQL',
    isOk,
    detail: row?.version ?? 'unknown',
    fix: 'upgrade to 18 or newer, or unset DATABASE_URL to use the embedded one',
  }
}

async function migrations({ url }: ProjectDatabase): Promise<Finding> {
  const { applied, known } = await migrationState(url)
  return {
    name: 'migrations',
    isOk: applied === known,
    detail: `${applied} of ${known} applied`,
    fix: 'npx pnpm seed (migrates first)',
  }
}

async function roles({ url, secretKey }: ProjectDatabase): Promise<Finding> {
  const broken: string[] = []
  for (const role of ['app_user', 'app_service'] as const) {
    await query(roleUrl(url, role, secretKey), (sql) => sql`select 1`).catch(() => broken.push(role))
  }
  const isOk = broken.length === 0
  return {
    name: 'run-time roles',
    isOk,
    detail: isOk ? 'app_user and app_service can sign in' : `${broken.join(' and ')} cannot sign in`,
    fix: 'npx pnpm seed (sets their passwords from SECRET_KEY)',
  }
}

async function books({ url }: ProjectDatabase): Promise<Finding> {
  const faults = await query(
    url,
    (sql) => sql<{ fault: string }[]>`select fault from app.ledger_faults()`,
  ).catch(() => null)
  if (faults === null)
    return {
      name: 'ledger',
      isOk: false,
      detail: 'there are no books yet',
      fix: 'npx pnpm seed (migrates first)',
    }
  return {
    name: 'ledger',
    isOk: faults.length === 0,
    detail:
      faults.length === 0
        ? 'every balance is the sum of its entries'
        : `${faults.length} faults: ${faults[0]?.fault}`,
    fix: 'keep a copy of the database and report it: this must not happen',
  }
}

/** Settings whose presence connects a provider. Their values are nobody's business. */
const providerSettings = [
  'OPENROUTER_API_KEY',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'XAI_API_KEY',
  'OLLAMA_BASE_URL',
  'OPENAI_COMPATIBLE_BASE_URL',
] as const

function models(database: ProjectDatabase | null): Finding[] {
  try {
    const env = readEnv({
      ...process.env,
      DATABASE_URL: database?.url ?? 'postgres://none',
      SECRET_KEY: database?.secretKey ?? 'x'.repeat(32),
    })
    const real = createCatalog(env).ids.filter((id) => !id.startsWith('sandbox/'))
    const untried = providerSettings.filter((name) => env[name] !== undefined)
    const detail =
      real.length > 0
        ? `${real.join(', ')} (${untried.join(', ')}: set, not tried)`
        : 'none: plugins are written by the template writer, which is not an AI model. To connect one: OPENROUTER_API_KEY=… npx pnpm dev'
    return [
      { name: 'settings', isOk: true, detail: 'valid' },
      { name: 'models', isOk: true, detail },
    ]
  } catch (error) {
    if (!(error instanceof EnvNotUsable || error instanceof DomainError)) throw error
    return [
      {
        name: 'settings',
        isOk: false,
        detail: error.message,
        fix: 'correct it in .env or the shell; .env.example explains each',
      },
    ]
  }
}

/** Names that are no settings and look as if they were meant to be: all of `.env`, and what the shell has like a setting. */
async function names(): Promise<Finding[]> {
  const settings = [
    ...Object.values(envGroups).flatMap((group) => Object.keys(group)),
    ...Object.keys(portSettings),
  ]
  const written = Object.keys(parseEnv(await dotEnv()))
  // A shell holds the names of many programs: only the words of a provider's setting count there.
  const shell = Object.keys(process.env).filter((name) => meantSetting(name, providerSettings) !== null)
  return [...new Set([...written, ...shell])].flatMap((name) => {
    const meant = meantSetting(name, settings)
    if (meant === null || process.env[meant]) return []
    return [
      {
        name: 'setting',
        isOk: false,
        detail: `${name} is set, and no setting has this name`,
        fix: `write ${meant} in its place, or remove it`,
      },
    ]
  })
}

async function dotEnv(): Promise<string> {
  return readFile(join(root, '.env'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

const findings = await diagnose()
if (process.argv.includes('--json')) {
  process.stdout.write(
    `${JSON.stringify({ isOk: findings.every((each) => each.isOk), findings }, null, 2)}\n`,
  )
} else {
  const width = Math.max(...findings.map(({ name }) => name.length))
  for (const { name, isOk, detail, fix } of findings) {
    process.stdout.write(`${isOk ? '✔' : '✖'} ${name.padEnd(width)}  ${detail}\n`)
    if (!isOk && fix !== undefined) process.stdout.write(`  fix: ${fix}\n`)
  }
}
process.exitCode = findings.every((each) => each.isOk) ? 0 : 1
