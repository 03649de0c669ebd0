import type postgres from 'postgres'

export type GrantCall = {
  org: string
  op: string | null
  amount: bigint | null
  hash: string | null
  expires?: Date | null
  reason?: string | null
  description?: string | null
}
export type HoldCall = {
  org: string
  op: string | null
  amount: bigint | null
  hash: string | null
  ttlSeconds?: number | null
  book?: string | null
  by?: string | null
}
export type EndCall = { org: string; op: string; amount: bigint | null; description?: string | null }
export type RenewCall = { org: string; op: string; ttlSeconds: number }

/** One answer of a ledger function. Numbers are bigint, what a function does not answer is absent. */
export type Answer = {
  i: number
  outcome: string
  balance: bigint | null
  held: bigint | null
  charged: bigint | null
  hold_id: string | null
}

const someone = '00000000-0000-7000-8000-000000000001'

/**
 * The ledger's functions as they are in SQL, batches and all. `now` is the clock that the functions are told; without it
 * they take the database's.
 */
export function ledgerCalls(sql: postgres.Sql) {
  const call = (text: string, parameters: (string | null)[]) =>
    sql.unsafe<Record<string, string | number | null>[]>(text, parameters, { prepare: true })
  const at = (now: Date | undefined) => (now === undefined ? null : now.toISOString())
  const answers = async (text: string, parameters: (string | null)[]) =>
    (await call(`select * from ${text} order by i`, parameters)).map(toAnswer)

  return {
    open: (orgs: string[]) => call('select app.ledger_open($1::uuid[])', [list(orgs)]),
    grant: (calls: GrantCall[], now?: Date) =>
      answers(
        'app.ledger_grant($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::bytea[], coalesce($8::timestamptz, now()))',
        [
          list(calls.map((each) => each.org)),
          list(calls.map((each) => each.op)),
          list(calls.map((each) => each.amount)),
          list(calls.map((each) => (each.reason === undefined ? 'purchase' : each.reason))),
          list(calls.map((each) => (each.description === undefined ? 'Tokens' : each.description))),
          list(calls.map((each) => each.expires?.toISOString() ?? null)),
          list(calls.map((each) => bytes(each.hash))),
          at(now),
        ],
      ),
    hold: (calls: HoldCall[], now?: Date) =>
      answers(
        'app.ledger_hold($1::uuid[], $2::uuid[], $3::bigint[], $4::int[], $5::text[], $6::uuid[], $7::bytea[], coalesce($8::timestamptz, now()))',
        [
          list(calls.map((each) => each.org)),
          list(calls.map((each) => each.op)),
          list(calls.map((each) => each.amount)),
          list(calls.map((each) => (each.ttlSeconds === undefined ? 60 : each.ttlSeconds))),
          list(calls.map((each) => (each.book === undefined ? 'standard-v1' : each.book))),
          list(calls.map((each) => (each.by === undefined ? someone : each.by))),
          list(calls.map((each) => bytes(each.hash))),
          at(now),
        ],
      ),
    settle: (calls: EndCall[], now?: Date) => answers(`app.ledger_settle(${endTypes})`, ends(calls, at(now))),
    release: (calls: EndCall[], now?: Date) =>
      answers(`app.ledger_release(${endTypes})`, ends(calls, at(now))),
    /** The operations found open, as `org/op`. */
    renew: async (calls: RenewCall[], now?: Date) =>
      (
        await call(
          'select * from app.ledger_renew($1::uuid[], $2::uuid[], $3::int[], coalesce($4::timestamptz, now()))',
          [
            list(calls.map((each) => each.org)),
            list(calls.map((each) => each.op)),
            list(calls.map((each) => each.ttlSeconds)),
            at(now),
          ],
        )
      ).map((row) => `${row.org_id}/${row.operation_id}`),
    sweep: async (now?: Date, limit = 500) =>
      (
        await call(
          'select * from app.ledger_sweep($1::int, coalesce($2::timestamptz, now())) order by org_id, operation_id',
          [String(limit), at(now)],
        )
      ).map((row) => ({
        org: String(row.org_id),
        op: row.operation_id === null ? null : String(row.operation_id),
        amount: BigInt(row.amount ?? 0),
      })),
    /** The five balances of an org and what its wallet holds. */
    accounts: async (org: string) => {
      const rows = await call('select kind, balance, held, floor from app.accounts where org_id = $1', [org])
      const of = (kind: string) => rows.find((row) => row.kind === kind)
      return {
        wallet: BigInt(of('wallet')?.balance ?? 0),
        held: BigInt(of('wallet')?.held ?? 0),
        source: BigInt(of('source')?.balance ?? 0),
        usage: BigInt(of('usage')?.balance ?? 0),
        expired: BigInt(of('expired')?.balance ?? 0),
        quality: BigInt(of('quality')?.balance ?? 0),
      }
    },
  }
}

const endTypes = '$1::uuid[], $2::uuid[], $3::bigint[], $4::text[], coalesce($5::timestamptz, now())'

function ends(calls: EndCall[], now: string | null): (string | null)[] {
  return [
    list(calls.map((each) => each.org)),
    list(calls.map((each) => each.op)),
    list(calls.map((each) => each.amount)),
    list(calls.map((each) => (each.description === undefined ? 'A call' : each.description))),
    now,
  ]
}

function toAnswer(row: Record<string, string | number | null>): Answer {
  const big = (value: string | number | null | undefined) => (value == null ? null : BigInt(value))
  return {
    i: Number(row.i),
    outcome: String(row.outcome),
    balance: big(row.balance),
    held: big(row.held),
    charged: big(row.charged),
    hold_id: row.hold_id == null ? null : String(row.hold_id),
  }
}

const bytes = (text: string | null) => (text === null ? null : `\\x${Buffer.from(text).toString('hex')}`)

/** An array literal: independent of what the client knows about array types. */
function list(values: readonly (string | bigint | number | null)[]): string {
  const quoted = values.map((value) =>
    value === null ? 'NULL' : `"${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
  )
  return `{${quoted.join(',')}}`
}
