import { freePort } from '@tallyforge/db/embedded'
import { portHolder } from './port-holder.ts'

/** The settings of ports, with what they are for and where they begin. */
export const portSettings = {
  PORT: { of: 'API', fallback: 3001 },
  WEB_PORT: { of: 'web app', fallback: 5173 },
  SANDBOX_PORT: { of: 'template writer', fallback: 3900 },
  POSTGRES_PORT: { of: 'embedded PostgreSQL', fallback: 54_320 },
} as const

export type PortSetting = keyof typeof portSettings

/** The ports above 1023 that fetch and every browser refuse (https://fetch.spec.whatwg.org/#port-blocking). */
const forbidden = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
])

/** A setting that cannot serve; the message names it, its value and what to do. */
export class PortNotUsable extends Error {}

/** The port that a setting asks for. @throws PortNotUsable for what is no port, and for one that browsers refuse. */
export function readPort(
  name: PortSetting,
  source: Record<string, string | undefined> = process.env,
): number {
  const { of, fallback } = portSettings[name]
  const text = source[name]?.trim() ?? ''
  if (text === '') return fallback
  const port = Number(text)
  const advice = `unset it to use ${fallback}`
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new PortNotUsable(
      `${name}=${text} is no port for the ${of}: write a number from 1024 to 65535, or ${advice}`,
    )
  }
  if (isRefused(name, port)) {
    throw new PortNotUsable(
      `${name}=${text} cannot be the port of the ${of}, because browsers and fetch refuse it: choose another, or ${advice}`,
    )
  }
  return port
}

/** Whether nothing could speak HTTP there. PostgreSQL does not speak it. */
function isRefused(name: PortSetting, port: number): boolean {
  return name !== 'POSTGRES_PORT' && forbidden.has(port)
}

/** The wanted port, or the next free one that can be used, said aloud. @throws PortNotUsable */
export async function wantedPort(name: PortSetting): Promise<number> {
  const wanted = readPort(name)
  let port = await freePort(wanted)
  while (isRefused(name, port)) port = await freePort(port + 1)
  if (port !== wanted) process.stdout.write(takenNotice(name, wanted, port, await portHolder(wanted)))
  return port
}

/** What is said when another port is used than the wanted one. */
export function takenNotice(name: PortSetting, wanted: number, port: number, holder: string): string {
  return `port ${wanted} of the ${portSettings[name].of} is taken by ${holder}, using ${port} (set ${name} to choose)\n`
}
