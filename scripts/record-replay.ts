import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { openDatabase } from './database.ts'
import { explainFailure } from './explain.ts'
import { root } from './processes.ts'

type Row = {
  id: string
  prompt: string
  model: string
  started_at: Date
  held: string
  charged: string
  version: number
}

/**
 * `pnpm record-replay`: writes the stored events of the newest generation that succeeded in this checkout's database to
 * the landing page, which plays them again. Amounts are microtokens.
 */
async function main(): Promise<void> {
  const { url, close } = await openDatabase()
  const sql = postgres(url, { max: 1 })
  try {
    const [generation] = await sql<Row[]>`
      select g.id, g.prompt, g.model, g.started_at, h.amount::text as held, h.charged::text, v.number as version
      from app.generations g
      join app.holds h on h.org_id = g.org_id and h.operation_id = g.operation_id
      join app.versions v on v.org_id = g.org_id and v.id = g.version_id
      where g.state = 'succeeded' order by g.finished_at desc limit 1`
    if (generation === undefined)
      throw new Error('No generation has succeeded here yet: make a plugin first.')
    const events = await sql<{ at: Date; event: object }[]>`
      select at, event from app.generation_events where generation_id = ${generation.id} order by seq`
    const { prompt, model, held, charged, version, started_at: startedAt } = generation
    const replay = {
      prompt,
      model,
      held,
      charged,
      version,
      events: events.map(({ at, event }) => ({ ms: Math.max(0, at.getTime() - startedAt.getTime()), event })),
    }
    const path = join(root, 'apps/web/src/landing/replay.json')
    await writeFile(path, `${JSON.stringify(replay, null, 1)}\n`)
    process.stdout.write(`Wrote ${events.length} events of “${prompt}”.\n`)
  } finally {
    await sql.end()
    await close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
