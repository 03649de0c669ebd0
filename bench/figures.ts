import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** `median (least–greatest)`, the spread beside every figure. */
export function spread(values: readonly number[], digits = 0): string {
  const show = (value: number) =>
    value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`
}

export function hardware(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
}

export type Row = { what: string; measured: string; goal?: string }

/** Prints a bench's table and keeps it in bench/results/<name>.json. */
export async function publish(name: string, rows: Row[]): Promise<void> {
  const width = Math.max(...rows.map((row) => row.what.length))
  process.stdout.write(`\n${name} · ${hardware()}\n`)
  for (const { what, measured, goal } of rows) {
    process.stdout.write(
      `  ${what.padEnd(width)}  ${measured}${goal === undefined ? '' : `   goal ${goal}`}\n`,
    )
  }
  const folder = new URL('./results/', import.meta.url)
  await mkdir(folder, { recursive: true })
  await writeFile(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ name, hardware: hardware(), rows }, null, 2)}\n`,
  )
}
