import { type BurnDown, layOutBurnDown } from '@tallyforge/core/tokens/burn-down'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { type SQL, sql } from 'drizzle-orm'

type Row = {
  month: string
  today: string
  first_month: string
  balance: string
  /** Null for what came after the month, and beside no change at all. */
  date: string | null
  granted: string | null
  spent: string | null
  expired: string | null
}

/**
 * A month of the balance by UTC days, in microtokens; the running month (by the database's clock) when none is named.
 * Exact: the last day so far ends at the balance. `firstMonth` is the one with the first entry.
 */
export async function readBurnDown(
  tx: OrgTx,
  input: { month?: string | null | undefined },
): Promise<BurnDown & { firstMonth: string }> {
  const rows = await tx.execute<Row>(burnDownQuery(input.month ?? null))
  const [row] = rows
  if (row === undefined) throw new Error('the org has no wallet')
  const moves = rows.flatMap((each) => (each.granted === null ? [] : [{ ...each, ...amountsOf(each) }]))
  const later = moves.filter(({ date }) => date === null)
  const closing = later.reduce(
    (balance, after) => balance - after.granted + after.spent + after.expired,
    BigInt(row.balance),
  )
  const { month, today } = row
  const days = moves.flatMap(({ date, granted, spent, expired }) =>
    date === null ? [] : [{ date, granted, spent, expired }],
  )
  return { ...layOutBurnDown({ month, today, closing, moves: days }), firstMonth: row.first_month }
}

function amountsOf({ granted, spent, expired }: Row) {
  return { granted: BigInt(granted ?? 0), spent: BigInt(spent ?? 0), expired: BigInt(expired ?? 0) }
}

/** One statement, so that the balance and the moves are of one moment. What the platform bore moves no wallet. */
export function burnDownQuery(month: string | null): SQL {
  const start = month === null ? null : `${month}-01T00:00:00Z`
  return sql`
    with month as materialized (
      select starts, date_add(starts, interval '1 month', 'UTC') as ends
      from (select coalesce(${start}::timestamptz, date_trunc('month', now(), 'UTC')) as starts) as chosen
    ), moves as (
      select
        case when at < (select ends from month) then (at at time zone 'UTC')::date end as day,
        coalesce(sum(amount) filter (where kind = 'grant'), 0) as granted,
        coalesce(sum(amount) filter (where kind = 'settle'), 0) as spent,
        coalesce(sum(amount) filter (where kind = 'expire'), 0) as expired
      from app.transfers
      where at >= (select starts from month) and kind <> 'quality'
      group by 1
    )
    select
      to_char((select starts from month) at time zone 'UTC', 'YYYY-MM') as month,
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today,
      to_char(coalesce((select min(at) from app.transfers), now()) at time zone 'UTC', 'YYYY-MM') as first_month,
      wallet.balance::text, moves.day::text as date, granted::text, spent::text, expired::text
    from app.accounts as wallet left join moves on true
    where wallet.kind = 'wallet'`
}
