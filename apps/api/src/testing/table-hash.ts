import type { TestDatabase } from '@tallyforge/db/testing'

/** Every row of every table of ours as one text, one line a table; sessions are left out, which reading may renew. */
export async function hashOfTables({ admin }: TestDatabase): Promise<string> {
  const tables = await admin<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('app', 'auth') and tablename <> 'sessions' order by 1`
  if (tables.length < 10) throw new Error('the tables are not where they are looked for')
  const lines = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await admin.unsafe<{ hash: string }[]>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${name} t`,
      )
      return `${name} ${row?.hash}`
    }),
  )
  return lines.join('\n')
}
