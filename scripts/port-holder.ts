import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'

const listening = '0A'

/** What listens on a port of this machine, as `node src/main.ts (process 4711)`. Linux tells it in /proc, others are not asked. */
export async function portHolder(port: number): Promise<string> {
  const sockets = await listeningSockets(port)
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
      if (!sockets.has(target)) continue
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      const [program = '', script = ''] = command.split('\0')
      return `${[basename(program), script].filter(Boolean).join(' ') || 'a program'} (process ${pid})`
    }
  }
  return 'another program'
}

/** The sockets that listen on a port, in the form of `/proc/<pid>/fd` links: `socket:[123]`. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  )
  const rows = tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
  return new Set(
    rows
      .filter(([, local, , state]) => local?.endsWith(wanted) && state === listening)
      .map((row) => `socket:[${row[9]}]`),
  )
}
