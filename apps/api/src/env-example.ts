import type { z } from 'zod'
import { envGroups } from './env.ts'

/** The text of `.env.example`: every setting in its group, with its words and its default, commented out. */
export function envExample(): string {
  const head =
    '# Settings of Tallyforge. Made from apps/api/src/env.ts by `pnpm env:example`; copy to .env and uncomment what you need.\n'
  const groups = Object.entries(envGroups).map(([group, settings]) => {
    const lines = Object.entries<z.ZodType>(settings).map(
      ([name, setting]) => `# ${setting.description ?? ''}\n# ${name}=${defaultOf(setting)}`,
    )
    return `\n# ── ${group}\n${lines.join('\n')}\n`
  })
  return head + groups.join('')
}

function defaultOf(setting: z.ZodType): string {
  const empty = setting.safeParse(undefined)
  return empty.success && empty.data !== undefined ? String(empty.data) : ''
}
