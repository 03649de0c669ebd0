import type { ChildProcess } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCatalog } from '@tallyforge/api/catalog'
import { readEnv } from '@tallyforge/api/env'
import { type EmbeddedServer, startEmbedded } from '@tallyforge/db/embedded'
import { migrate } from '@tallyforge/db/migrate'
import { makeDemoPlugins } from './demo-plugins.ts'
import { explainFailure } from './explain.ts'
import { portHolder } from './port-holder.ts'
import { readPort, takenNotice, wantedPort } from './ports.ts'
import {
  dataFolder,
  developmentSecret,
  endAll,
  fallbackFolder,
  loadDotEnv,
  root,
  startNode,
  toolEntry,
  untilAnswers,
} from './processes.ts'
import { findRunning, isOurs, readNote, removeNote, writeNote } from './running.ts'
import { demoAccount, seed } from './seed-data.ts'

/** `pnpm dev`: PostgreSQL → migrations → demo account → stand-ins, API and web app; and everything down again at the end. */
async function run(shutdown: Shutdown): Promise<void> {
  const startedAt = Date.now()
  loadDotEnv()
  // A setting that cannot serve is said before anything is started.
  const postgresPort = readPort('POSTGRES_PORT')
  for (const name of ['PORT', 'WEB_PORT', 'SANDBOX_PORT'] as const) readPort(name)
  const secretKey = process.env.SECRET_KEY ?? (await developmentSecret())
  await endLeftOvers()

  process.stdout.write('preparing the database…\n')
  const embedded = process.env.DATABASE_URL
    ? null
    : await startEmbedded({
        dataFolder: join(dataFolder, 'postgres'),
        port: postgresPort,
        fallbackFolder,
      })
  if (embedded !== null) {
    if (!embedded.wasRunning && embedded.port !== postgresPort) {
      const holder = await portHolder(postgresPort)
      process.stdout.write(takenNotice('POSTGRES_PORT', postgresPort, embedded.port, holder))
    }
    await explainPlace(embedded)
    keepDatabaseUp(shutdown, embedded)
  }
  const databaseUrl = process.env.DATABASE_URL ?? embedded?.url ?? ''
  await migrate({ url: databaseUrl, secretKey, mayReplaceKey: process.env.REPLACE_SECRET_KEY === 'true' })

  const [sandboxPort, apiPort, webPort] = [
    await wantedPort('SANDBOX_PORT'),
    await wantedPort('PORT'),
    await wantedPort('WEB_PORT'),
  ]
  const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${webPort}`
  const env = {
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    PORT: String(apiPort),
    PUBLIC_URL: publicUrl,
    SANDBOX_MODELS_URL: process.env.SANDBOX_MODELS_URL ?? `http://127.0.0.1:${sandboxPort}/v1`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    SHUTDOWN_SECONDS: process.env.SHUTDOWN_SECONDS ?? '1',
  }
  // What the API would refuse is said before it is started.
  const models = createCatalog(readEnv({ ...process.env, ...env })).ids.filter(
    (id) => !id.startsWith('sandbox/'),
  )
  const isSeeded = await seed({ databaseUrl, secretKey })
  process.stdout.write('starting the API, the web app and the template writer…\n')
  const sandbox = startNode('src/main.ts', [], {
    cwd: join(root, 'apps/sandbox'),
    env: { PORT: String(sandboxPort) },
    quiet: true,
  })
  const api = startNode('src/main.ts', [], { cwd: join(root, 'apps/api'), env })
  const webFolder = join(root, 'apps/web')
  const web = startNode(
    toolEntry('vite', 'bin/vite.js', webFolder),
    ['--clearScreen', 'false', '--logLevel', 'warn'],
    {
      cwd: webFolder,
      env: { API_PORT: String(apiPort), WEB_PORT: String(webPort) },
    },
  )
  const children = [web, api, sandbox]
  shutdown.children.push(...children)
  await writeNote({
    runner: process.pid,
    children: children.map((child) => child.pid),
    ports: { PORT: apiPort, WEB_PORT: webPort, SANDBOX_PORT: sandboxPort },
  })
  shutdown.hasNote = true
  await Promise.all([
    untilAnswers(`http://127.0.0.1:${apiPort}/readyz`, api),
    untilAnswers(`http://127.0.0.1:${webPort}/`, web),
    untilAnswers(`http://127.0.0.1:${sandboxPort}/healthz`, sandbox),
  ])
  const database =
    embedded === null
      ? 'PostgreSQL of DATABASE_URL'
      : `embedded PostgreSQL 18 on port ${embedded.port}${embedded.wasRunning ? ' (was still running: adopted)' : ''}`
  process.stdout.write(
    banner({ publicUrl, apiPort, database, models, isSeeded, seconds: (Date.now() - startedAt) / 1_000 }),
  )
  // The examples come while people look around. Only our own stand-in may write them, and nobody in its place.
  if (isSeeded && !process.env.SANDBOX_MODELS_URL && !process.env.MODEL_FALLBACK) {
    void makeExamples(shutdown, { api: `http://127.0.0.1:${apiPort}`, publicUrl })
  }
  for (const child of children) {
    child.once('exit', (code, signal) => {
      process.stderr.write(`a part of Tallyforge ended (${signal ?? `code ${code}`}): stopping the rest\n`)
      shutdown.stop(1)
    })
  }
}

/** Everything works without the examples, so what keeps them from being made is said and stops nothing. */
async function makeExamples(shutdown: Shutdown, server: { api: string; publicUrl: string }): Promise<void> {
  try {
    await makeDemoPlugins({ ...server, signal: shutdown.signal })
  } catch (error) {
    if (shutdown.isStopping()) return
    process.stderr.write(
      `the example plugins of the demo account were not made: ${explainFailure(error)}\n  fix: npx pnpm seed\n`,
    )
  }
}

/** A clone in a private folder keeps its data elsewhere, because PostgreSQL's user cannot get in: `.data` says where. */
async function explainPlace({ dataFolder: place }: EmbeddedServer): Promise<void> {
  if (place.startsWith(dataFolder)) return
  await writeFile(
    join(dataFolder, 'README'),
    `The database of this checkout is in ${place}, because PostgreSQL's user cannot reach this folder.\n`,
  )
}

/** Starts PostgreSQL again on its port when it was killed; the API meanwhile answers 503 and comes back by itself. */
function keepDatabaseUp(shutdown: Shutdown, first: EmbeddedServer): void {
  let current = first
  shutdown.stopDatabase = () => current.stop()
  const look = async () => {
    if (!current.isAlive() && !shutdown.isStopping()) {
      process.stderr.write('PostgreSQL has ended: starting it again\n')
      current = await startEmbedded({
        dataFolder: join(dataFolder, 'postgres'),
        port: first.port,
        fallbackFolder,
      })
    }
    setTimeout(look, 1_000).unref()
  }
  setTimeout(look, 1_000).unref()
}

type BannerFacts = {
  publicUrl: string
  apiPort: number
  database: string
  /** Ids of real models, the default first. */
  models: string[]
  isSeeded: boolean
  seconds: number
}

function banner(facts: BannerFacts): string {
  const lines = [
    ['open', facts.publicUrl],
    ['sign in', `${demoAccount.email}  ${demoAccount.password}${facts.isSeeded ? '  (made just now)' : ''}`],
    ['API', `http://127.0.0.1:${facts.apiPort}`],
    ['command line', 'npx pnpm tf login'],
    ['database', facts.database],
    ...modelLines(facts.models),
  ]
  return `
  Tallyforge is ready after ${facts.seconds.toFixed(1)} s

${lines.map(([name = '', text = '']) => `  ${name.padEnd(13)} ${text}`).join('\n')}

  Ctrl-C stops everything; the data stays in .data/

`
}

/** The real models by name; where there is none, what to do for one. */
function modelLines(real: string[]): [string, string][] {
  if (real.length > 0) return [['models', real.join(', ')]]
  return [
    ['models', 'template writer (a stand-in, not an AI model)'],
    [
      'real model',
      'OPENROUTER_API_KEY=sk-or-… npx pnpm dev     (or ANTHROPIC_API_KEY, OPENAI_API_KEY, XAI_API_KEY, OLLAMA_BASE_URL)',
    ],
  ]
}

/** Parts that a killed run left behind still hold its ports: they are ended first. A run that lives is left alone. */
async function endLeftOvers(): Promise<void> {
  const note = await readNote()
  if (note === null) return
  if (note.runner !== process.pid && (await findRunning()) !== null) {
    throw new Error(`Tallyforge is already running here (process ${note.runner}). Stop it with Ctrl-C first.`)
  }
  for (const pid of note.children) {
    if (pid !== undefined && (await isOurs(pid, 'main.ts', 'vite'))) process.kill(pid, 'SIGTERM')
  }
  await new Promise((resolve) => setTimeout(resolve, 300))
  await removeNote()
}

type Shutdown = {
  children: ChildProcess[]
  stopDatabase: () => Promise<void>
  /** The note of running parts is ours: a second run that is turned away must not remove the first one's. */
  hasNote: boolean
  isStopping: () => boolean
  /** Aborts what runs beside the parts. */
  signal: AbortSignal
  stop: (code: number) => Promise<void>
}

/** Signals come twice (from the terminal to the group, from the package manager to us): the first one counts. */
function createShutdown(): Shutdown {
  let isStopping = false
  const ending = new AbortController()
  const shutdown: Shutdown = {
    children: [],
    stopDatabase: async () => undefined,
    hasNote: false,
    isStopping: () => isStopping,
    signal: ending.signal,
    stop: async (code) => {
      if (isStopping) return
      isStopping = true
      ending.abort()
      // What takes a moment without a word reads as stuck.
      if (shutdown.hasNote) process.stdout.write('\nStopping …\n')
      for (const child of shutdown.children) child.removeAllListeners('exit')
      await endAll(shutdown.children)
      await shutdown.stopDatabase()
      if (shutdown.hasNote) {
        await removeNote()
        process.stdout.write('Stopped. The data stays in .data/\n')
      }
      process.exit(code)
    },
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => shutdown.stop(0))
  return shutdown
}

const shutdown = createShutdown()
run(shutdown).catch((error: unknown) => {
  process.stderr.write(`\n${explainFailure(error)}\n`)
  return shutdown.stop(1)
})
