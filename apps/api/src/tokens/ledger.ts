import { DomainError } from '@tallyforge/core/errors'
import { formatTokens, type Microtokens } from '@tallyforge/core/money'
import type { OrgTx, ServiceTx } from '@tallyforge/db/tenancy'
import { sql } from 'drizzle-orm'

/** Money moves inside the transaction of what it pays for, or in one of the platform's own. */
type AnyTx = OrgTx | ServiceTx

// postgres.js without array types: literals of one element, cast by the function's signature.
const one = (value: string | bigint | number) => sql`array[${String(value)}]`

/** Opens the five ledger accounts of an org. Opening twice changes nothing. */
export async function openAccounts(tx: ServiceTx, orgId: string): Promise<void> {
  await tx.execute(sql`select app.ledger_open(${one(orgId)}::uuid[])`)
}

export type Grant = {
  orgId: string
  operationId: string
  /** Microtokens, above zero. */
  amount: Microtokens
  reason: 'plan' | 'purchase' | 'promotion' | 'refund' | 'adjustment'
  description: string
  /** Null never expires. */
  expiresAt: Date | null
  requestHash: Buffer
}

/**
 * Adds tokens to an org's wallet. Replaying the same operation id adds nothing and answers the balance.
 * @throws conflict when the operation id was used for something else.
 */
export async function grantTokens(tx: ServiceTx, grant: Grant): Promise<{ balance: Microtokens }> {
  const [row] = await tx.execute<{ outcome: string; balance: string }>(sql`
    select outcome, balance::text from app.ledger_grant(
      ${one(grant.orgId)}::uuid[], ${one(grant.operationId)}::uuid[], ${one(grant.amount)}::bigint[],
      ${one(grant.reason)}::text[], ${one(grant.description)}::text[],
      array[${grant.expiresAt === null ? null : grant.expiresAt.toISOString()}]::timestamptz[],
      ${hashes(grant.requestHash)})`)
  if (row?.outcome === 'applied' || row?.outcome === 'replay') return { balance: BigInt(row.balance) }
  throw refusal(row?.outcome)
}

export type Hold = {
  orgId: string
  userId: string
  operationId: string
  /** Microtokens: the hard cap of the call. Zero only for a free one. */
  amount: Microtokens
  ttlSeconds: number
  priceBookId: string
  requestHash: Buffer
}

/**
 * Sets tokens aside for one call, in microtokens. Replaying the same operation id returns the first hold, which may have
 * ended since: only a hold that is no replay entitles to a call.
 * @throws insufficient_tokens when balance − held < amount; nothing is held and the same id may succeed after a top-up.
 * @throws conflict when the operation id was used with another request.
 */
export async function holdTokens(tx: AnyTx, hold: Hold): Promise<{ holdId: string; isReplay: boolean }> {
  const [row] = await tx.execute<{ outcome: string; hold_id: string; balance: string; held: string }>(sql`
    select outcome, hold_id, balance::text, held::text from app.ledger_hold(
      ${one(hold.orgId)}::uuid[], ${one(hold.operationId)}::uuid[], ${one(hold.amount)}::bigint[],
      ${one(hold.ttlSeconds)}::int[], ${one(hold.priceBookId)}::text[], ${one(hold.userId)}::uuid[],
      ${hashes(hold.requestHash)})`)
  if (row?.outcome === 'applied' || row?.outcome === 'replay') {
    return { holdId: row.hold_id, isReplay: row.outcome === 'replay' }
  }
  if (row?.outcome === 'insufficient') {
    throw insufficientTokens(hold.amount, BigInt(row.balance) - BigInt(row.held))
  }
  throw refusal(row?.outcome)
}

/** The refusal that says what is missing and what to do. Amounts in microtokens. */
export function insufficientTokens(needed: Microtokens, available: Microtokens): DomainError {
  const missing = needed - available
  return new DomainError(
    'insufficient_tokens',
    `This needs up to ${formatTokens(needed)} tokens and ${formatTokens(available)} are available. ` +
      `Add ${formatTokens(missing)} tokens, set a lower cap, or wait for running generations to return theirs.`,
    { details: { needed: needed.toString(), available: available.toString(), missing: missing.toString() } },
  )
}

/** Keeps open holds alive for another `ttlSeconds`. Returns the operation ids that were still open. */
export async function renewHolds(
  tx: AnyTx,
  holds: { orgId: string; operationId: string }[],
  ttlSeconds: number,
): Promise<Set<string>> {
  if (holds.length === 0) return new Set()
  const list = (values: string[]) => `{${values.join(',')}}`
  const rows = await tx.execute<{ operation_id: string }>(sql`
    select operation_id from app.ledger_renew(
      ${list(holds.map((hold) => hold.orgId))}::uuid[], ${list(holds.map((hold) => hold.operationId))}::uuid[],
      ${list(holds.map(() => String(Math.ceil(ttlSeconds))))}::int[])`)
  return new Set(rows.map((row) => row.operation_id))
}

export type HoldEnd = { orgId: string; operationId: string; amount: Microtokens; description: string }

/**
 * Ends a hold by charging `amount` (at most what was held) and returning the rest. Replaying with the same amount answers
 * the first charge. @throws conflict when the hold has ended otherwise (expired, released, another amount).
 */
export async function settleHold(tx: AnyTx, end: HoldEnd): Promise<{ charged: Microtokens }> {
  const [row] = await tx.execute<{ outcome: string; charged: string }>(sql`
    select outcome, charged::text from app.ledger_settle(
      ${one(end.orgId)}::uuid[], ${one(end.operationId)}::uuid[], ${one(end.amount)}::bigint[], ${one(end.description)}::text[])`)
  if (row?.outcome === 'applied' || row?.outcome === 'replay') return { charged: BigInt(row.charged) }
  throw refusal(row?.outcome)
}

/**
 * Ends a hold without a charge. `amount` is what the platform bears (the provider's cost of a failed generation, booked
 * to `quality`; at most what was held). Replaying changes nothing. A hold that has expired meanwhile has returned its
 * tokens already: that is no fault here. @throws conflict when the hold was settled.
 */
export async function releaseHold(tx: AnyTx, end: HoldEnd): Promise<void> {
  const [row] = await tx.execute<{ outcome: string }>(sql`
    select outcome from app.ledger_release(
      ${one(end.orgId)}::uuid[], ${one(end.operationId)}::uuid[], ${one(end.amount)}::bigint[], ${one(end.description)}::text[])`)
  const outcome = row?.outcome
  if (outcome !== 'applied' && outcome !== 'replay' && outcome !== 'closed') throw refusal(outcome)
}

/** Ends holds and grants whose time is over. Returns the orgs whose balance changed. */
export async function sweepLedger(tx: ServiceTx): Promise<string[]> {
  const ended = await tx.execute<{ org_id: string }>(sql`select org_id from app.ledger_sweep()`)
  return [...new Set(ended.map((row) => row.org_id))]
}

function hashes(hash: Buffer) {
  return sql`array[decode(${hash.toString('hex')}, 'hex')]::bytea[]`
}

function refusal(outcome: string | undefined): Error {
  if (outcome === 'conflict' || outcome === 'closed') {
    return new DomainError(
      'conflict',
      'This operation was already used for something else. Start again with a new one.',
    )
  }
  return new Error(`the ledger refused a call: ${outcome ?? 'no answer'}`)
}
