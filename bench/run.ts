import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** `pnpm bench [name …]`: runs the named comparisons, or all, one after the other. */
const helpers = new Set(['run', 'stack', 'figures', 'bare', 'large-org', 'page'])
const here = fileURLToPath(new URL('.', import.meta.url))
const known = (await readdir(here))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .filter((name) => !helpers.has(name))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}\n`)
  process.exit(1)
}
for (const name of asked.length > 0 ? asked : known) {
  const code = await new Promise<number>((resolve) => {
    spawn(process.execPath, [`${here}${name}.ts`], { stdio: 'inherit' }).once('exit', (exit) =>
      resolve(exit ?? 1),
    )
  })
  if (code !== 0) process.exit(code)
}
