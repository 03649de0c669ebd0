import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { envExample } from '@tallyforge/api/env-example'
import { root } from './processes.ts'

/** `pnpm env:example`: writes `.env.example` from the table of settings; `--check` only compares. */
const path = join(root, '.env.example')
const wanted = envExample()
if (process.argv.includes('--check')) {
  const isSame = (await readFile(path, 'utf8').catch(() => '')) === wanted
  if (!isSame) process.stderr.write('.env.example is not what the settings say: run `pnpm env:example`\n')
  process.exitCode = isSame ? 0 : 1
} else {
  await writeFile(path, wanted)
}
