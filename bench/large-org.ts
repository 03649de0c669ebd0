import postgres from 'postgres'

const grantTokens = 4_000_000

/**
 * Gives an account a history: `plugins` plugins with a ready version each, and `calls` settled calls over 60 days. Written
 * straight into the tables, because a hundred thousand calls of the ledger would take minutes; its books must add up.
 */
export async function furnish(
  databaseUrl: string,
  slug: string,
  { plugins, calls }: { plugins: number; calls: number },
): Promise<void> {
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  const hash = Buffer.alloc(32)
  try {
    const [owner] = await admin<{ org: string; person: string }[]>`
      select o.id as org, m.user_id as person from app.orgs o join app.memberships m on m.org_id = o.id
      where o.slug = ${slug}`
    if (owner === undefined) throw new Error(`there is no organization ${slug}`)
    const { org, person } = owner
    await admin.begin(async (sql) => {
      const grant = String(BigInt(grantTokens) * 1_000_000n)
      await sql`
        select app.ledger_grant(array[${org}]::uuid[], array[uuidv7()], array[${grant}]::bigint[], array['purchase'],
          array['Tokens bought'], array[null]::timestamptz[], array[${hash}]::bytea[], now() - interval '61 days')`
      await sql`
        create temp table made on commit drop as
        select uuidv7() as plugin, uuidv7() as version, i from generate_series(1, ${plugins}::int) as i`
      await sql`
        insert into app.plugins (org_id, id, title, description, target, package_name, last_version, operation_id,
          request_hash, created_by, created_at, updated_at)
        select ${org}, plugin, 'Plugin number ' || i, 'Sorts, counts and colours the selected lines, number ' || i,
          'vscode', 'plugin-' || i, 1, uuidv7(), ${hash}, ${person}, now() - i * interval '1 hour', now() - i * interval '1 hour'
        from made`
      await sql`
        insert into app.versions (org_id, id, plugin_id, number, state, origin, label, steps, operation_id, request_hash, created_by)
        select ${org}, version, plugin, 1, 'ready', 'generation', 'First version', '[]', uuidv7(), ${hash}, ${person} from made`
      await sql`
        create temp table called on commit drop as
        select n as i, uuidv7() as op, uuidv7() as generation, uuidv7() as transfer, plugin, version,
          20000000 + (n * 7919 % 10000000)::bigint as amount, now() - interval '60 days' * (1 - n::float / ${calls}) as at
        from generate_series(1, ${calls}::int) as n join made on made.i = 1 + n % ${plugins}`
      await sql`
        insert into app.generations (org_id, id, plugin_id, version_id, operation_id, request_hash, state, prompt, model,
          price_book_id, hold_amount, created_by, created_at, started_at, finished_at)
        select ${org}, generation, plugin, version, op, ${hash}, 'succeeded', 'Sort the selected lines',
          'sandbox/template-writer', 'standard-v1', amount, ${person}, at, at, at from called`
      await sql`
        insert into app.usage_records (org_id, at, user_id, generation_id, attempt, model, provider, outcome, input_tokens,
          cached_input_tokens, output_tokens, is_estimated, cost, price_book_id, duration_ms)
        select ${org}, at, ${person}, generation, 1, 'sandbox/template-writer', 'sandbox', 'finished', 900, 0, 600, false,
          amount, 'standard-v1', 2000 from called`
      await sql`
        insert into app.holds (org_id, operation_id, request_hash, amount, state, charged, price_book_id, created_by,
          created_at, expires_at, closed_at)
        select ${org}, op, ${hash}, amount, 'settled', amount, 'standard-v1', ${person}, at, at + interval '1 minute', at from called`
      await sql`
        insert into app.transfers (org_id, id, operation_id, request_hash, kind, amount, from_kind, to_kind, price_book_id,
          wallet_balance, description, at)
        select ${org}, transfer, op, ${hash}, 'settle', amount, 'wallet', 'usage', 'standard-v1',
          w.balance - sum(amount) over (order by i), 'Plugin number ' || (1 + i % ${plugins}), at
        from called, app.accounts w where w.org_id = ${org} and w.kind = 'wallet'`
      await sql`
        insert into app.entries (org_id, transfer_id, account_kind, amount)
        select ${org}, transfer, kind, sign * amount from called, (values ('wallet', -1), ('usage', 1)) as legs (kind, sign)`
      await sql`
        update app.accounts set balance = balance + sign * (select sum(amount) from called)
        from (values ('wallet', -1), ('usage', 1)) as legs (of_kind, sign) where org_id = ${org} and kind = of_kind`
      // The charges come off the large grant.
      await sql`
        update app.grants set remaining = remaining - (select sum(amount) from called)
        where org_id = ${org} and reason = 'purchase'`
    })
    await admin`analyze`
    const faults = await admin`select * from app.ledger_faults()`
    if (faults.length > 0) throw new Error(`the books are wrong: ${JSON.stringify(faults[0])}`)
  } finally {
    await admin.end()
  }
}
