import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type postgres from 'postgres'
import { newOrgs } from '../testing.ts'
import { type Answer, ledgerCalls } from './ledger-calls.ts'

/** One call inside a batch. `org` and `op` are indexes: shrinking keeps them meaningful. */
type Call = { org: number; op: number; amount: bigint | null; hash: number }
type Command =
  | { do: 'grant'; calls: (Call & { lifeSeconds: number | null })[] }
  | { do: 'hold'; calls: (Call & { ttlSeconds: number })[] }
  | { do: 'settle' | 'release'; calls: Call[] }
  | { do: 'renew'; calls: (Call & { ttlSeconds: number })[] }
  | { do: 'sweep' }
  | { do: 'floor'; org: number; floor: bigint }
  | { do: 'tick'; seconds: number }

type Hold = { hash: number; amount: bigint; state: string; charged: bigint; expires: number }
type Grant = { amount: bigint; remaining: bigint; expires: number }
type Account = {
  floor: bigint
  held: bigint
  wallet: bigint
  source: bigint
  usage: bigint
  expired: bigint
  quality: bigint
  holds: Map<number, Hold>
  /** Operations of grants: a hold's own are in `holds`. */
  granted: Map<number, number>
  grants: Grant[]
}

/** The last index of `org` is an org that does not exist. */
const orgCount = 2
const never = Number.POSITIVE_INFINITY
const grantsEnd = 4_000_000_000_000_000_000n

function commandArbitrary(operations: number): fc.Arbitrary<Command> {
  const amount = fc.oneof(
    { weight: 12, arbitrary: fc.bigInt(1n, 30n) },
    { weight: 1, arbitrary: fc.constantFrom(null, -1n, 0n, grantsEnd, 9_223_372_036_854_775_807n) },
  )
  const base = {
    org: fc.oneof(
      { weight: 20, arbitrary: fc.nat(orgCount - 1) },
      { weight: 1, arbitrary: fc.constant(orgCount) },
    ),
    op: fc.nat(operations - 1),
    amount,
    hash: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  }
  const batch = <T>(call: fc.Arbitrary<T>) => fc.array(call, { minLength: 1, maxLength: 4 })
  const seconds = fc.integer({ min: 1, max: 90 })
  const plain = batch(fc.record(base))
  const timed = batch(fc.record({ ...base, ttlSeconds: seconds }))
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('grant' as const),
        calls: batch(fc.record({ ...base, lifeSeconds: fc.option(fc.integer({ min: -5, max: 200 })) })),
      }),
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('hold' as const), calls: timed }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constantFrom('settle' as const, 'release' as const), calls: plain }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), calls: timed }) },
    { weight: 2, arbitrary: fc.constant({ do: 'sweep' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('floor' as const),
        org: fc.nat(orgCount - 1),
        floor: fc.bigInt(-40n, 20n),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('tick' as const), seconds: fc.integer({ min: -20, max: 90 }) }),
    },
  )
}

/**
 * V1: runs random commands against PostgreSQL and against a model of the ledger's rules, and compares every answer and,
 * at the end, the books. A last sweep far in the future is the liveness phase: every hold must have ended.
 * `asTenant` reads the faults of one org.
 */
export async function proveLedgerModel(
  sql: postgres.Sql,
  asTenant: (org: string, now: Date) => Promise<string[]>,
  size: { runs: number; commands: number; seed: number },
): Promise<{ commands: number }> {
  const calls = ledgerCalls(sql)
  let executed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(commandArbitrary(Math.ceil(size.commands / 4)), { maxLength: size.commands, size: 'max' }),
      async (commands) => {
        const known = await newOrgs(sql, orgCount)
        await calls.open(known)
        const orgs = [...known, randomUUID()]
        const operations = Array.from({ length: orgCount + 1 }, () => new Map<number, string>())
        const opOf = ({ org, op }: { org: number; op: number }) => {
          const ids = operations[org] as Map<number, string>
          const id = ids.get(op) ?? randomUUID()
          ids.set(op, id)
          return id
        }
        const model = Array.from({ length: orgCount }, emptyAccount)
        // Far from the present, so that neither the real clock nor other proofs in this database matter.
        let now = Date.UTC(2200, 0, 1)
        const expect = async <T>(
          what: Command,
          actual: PromiseLike<T>,
          wanted: unknown,
          read: (answer: T) => unknown,
        ) => {
          const got = show(read(await actual))
          if (got !== show(wanted))
            throw new Error(`${show(what)}\n  wanted ${show(wanted)}\n  got    ${got}`)
        }

        for (const command of [
          ...commands,
          { do: 'tick', seconds: 1e9 } as const,
          { do: 'sweep' } as const,
        ]) {
          executed++
          const clock = new Date(now)
          if (command.do === 'tick') now += command.seconds * 1_000
          else if (command.do === 'sweep') {
            const wanted = model.flatMap((account, org) =>
              sweep(account, now).map((each) => ({ org, ...each })),
            )
            await expect(command, calls.sweep(clock, 5_000), totals(wanted), (rows) =>
              totals(
                rows
                  .map((row) => ({
                    org: known.indexOf(row.org),
                    isHold: row.op !== null,
                    amount: row.amount,
                  }))
                  .filter((row) => row.org >= 0),
              ),
            )
          } else if (command.do === 'floor') {
            const account = model[command.org] as Account
            const fits = account.wallet - account.held >= command.floor
            if (fits) account.floor = command.floor
            await expect(
              command,
              sql`update app.accounts set floor = ${command.floor.toString()}
                  where org_id = ${known[command.org] as string} and kind = 'wallet'
                    and balance - held >= ${command.floor.toString()}::bigint returning 1`,
              fits ? 1 : 0,
              (rows) => rows.length,
            )
          } else {
            // The calls of a batch run org by org, in the order of their ids.
            const order = command.calls
              .map((call, index) => ({ call, index }))
              .sort((a, b) => compare(orgs[a.call.org], orgs[b.call.org]) || a.index - b.index)
            const wanted: unknown[] = []
            for (const { call, index } of order) {
              wanted[index] = apply(command.do, model[call.org], call, now)
            }
            const named = <T extends Call>(list: T[]) =>
              list.map((call) => ({
                ...call,
                org: orgs[call.org] as string,
                op: opOf(call),
                hash: `hash ${call.hash}`,
              }))
            if (command.do === 'renew') {
              const found = command.calls.filter((_, index) => wanted[index] === true)
              await expect(
                command,
                calls.renew(named(command.calls), clock),
                named(found)
                  .map((call) => `${call.org}/${call.op}`)
                  .sort(),
                (rows) => [...rows].sort(),
              )
            } else if (command.do === 'grant') {
              const list = command.calls.map((call, index) => ({
                ...(named([call])[0] as ReturnType<typeof named>[number]),
                expires: call.lifeSeconds === null ? null : new Date(now + call.lifeSeconds * 1_000),
                index,
              }))
              await expect(command, calls.grant(list, clock), wanted, (rows) => rows.map(essence))
            } else if (command.do === 'hold') {
              await expect(command, calls.hold(named(command.calls), clock), wanted, (rows) =>
                rows.map(essence),
              )
            } else {
              const run = command.do === 'settle' ? calls.settle : calls.release
              await expect(command, run(named(command.calls), clock), wanted, (rows) => rows.map(essence))
            }
          }
        }

        for (const [index, org] of known.entries()) {
          const { wallet, held, source, usage, expired, quality, grants } = model[index] as Account
          const wanted = { wallet, held, source, usage, expired, quality }
          const books = await calls.accounts(org)
          if (show(books) !== show(wanted)) throw new Error(`books ${show(books)}, model ${show(wanted)}`)
          const left = await sql<{ left: string }[]>`
            select remaining::text as left from app.grants where org_id = ${org} order by id`
          const remaining = grants.map((grant) => grant.remaining)
          if (show(left.map((row) => BigInt(row.left))) !== show(remaining)) {
            throw new Error(`grants left ${show(left)}, model ${show(remaining)}`)
          }
          if (held !== 0n) throw new Error('a hold is open after the last sweep')
          const faults = await asTenant(org, new Date(now))
          if (faults.length > 0) throw new Error(faults.join('\n'))
        }
      },
    ),
    { numRuns: size.runs, seed: size.seed },
  )
  return { commands: executed }
}

function emptyAccount(): Account {
  return {
    floor: 0n,
    held: 0n,
    wallet: 0n,
    source: 0n,
    usage: 0n,
    expired: 0n,
    quality: 0n,
    holds: new Map(),
    granted: new Map(),
    grants: [],
  }
}

type AnyCall = Call & { ttlSeconds?: number; lifeSeconds?: number | null }

/** The rules, one call at a time. Answers what the ledger must answer. */
function apply(
  what: 'grant' | 'hold' | 'settle' | 'release' | 'renew',
  account: Account | undefined,
  call: AnyCall,
  now: number,
) {
  if (what === 'grant') return grant(account, call, now)
  if (what === 'hold') return hold(account, call, now)
  if (what === 'renew') return renew(account, call, now)
  return what === 'settle' ? settle(account, call) : release(account, call)
}

function grant(account: Account | undefined, call: AnyCall, now: number) {
  if (account === undefined) return ['no_account', null]
  const answer = (outcome: string) => [outcome, account.wallet]
  const before = account.granted.get(call.op)
  if (before !== undefined) return answer(before === call.hash ? 'replay' : 'conflict')
  if (account.holds.has(call.op)) return answer('conflict')
  if (call.amount === null || call.amount <= 0n || call.amount > grantsEnd + account.source)
    return answer('invalid')
  account.source -= call.amount
  account.wallet += call.amount
  account.granted.set(call.op, call.hash)
  account.grants.push({
    amount: call.amount,
    // An overdraft is paid back first.
    remaining: max(0n, min(call.amount, account.wallet)),
    expires: call.lifeSeconds == null ? never : now + call.lifeSeconds * 1_000,
  })
  return answer('applied')
}

function hold(account: Account | undefined, call: AnyCall, now: number) {
  if (account === undefined) return ['no_account', null]
  const answer = (outcome: string) => [outcome, account.wallet, account.held]
  const before = account.holds.get(call.op)
  if (before !== undefined) return answer(before.hash === call.hash ? 'replay' : 'conflict')
  if (account.granted.has(call.op)) return answer('conflict')
  if (call.amount === null || call.amount < 0n) return answer('invalid')
  if (account.wallet - account.held - call.amount < account.floor) return answer('insufficient')
  account.held += call.amount
  account.holds.set(call.op, {
    hash: call.hash,
    amount: call.amount,
    state: 'open',
    charged: 0n,
    expires: now + (call.ttlSeconds ?? 0) * 1_000,
  })
  return answer('applied')
}

function renew(account: Account | undefined, call: AnyCall, now: number): boolean {
  const found = account?.holds.get(call.op)
  if (found?.state !== 'open') return false
  found.expires = Math.max(found.expires, now + (call.ttlSeconds ?? 0) * 1_000)
  return true
}

function settle(account: Account | undefined, call: AnyCall) {
  const found = account?.holds.get(call.op)
  if (account === undefined || found === undefined) return ['unknown', account?.wallet ?? null]
  if (call.amount === null || call.amount < 0n) return ['invalid', account.wallet, found.charged]
  const charge = min(call.amount, found.amount)
  if (found.state === 'settled') {
    return [found.charged === charge ? 'replay' : 'conflict', account.wallet, found.charged]
  }
  if (found.state !== 'open') return ['closed', account.wallet, found.charged]
  found.state = 'settled'
  found.charged = charge
  account.held -= found.amount
  account.wallet -= charge
  account.usage += charge
  let left = charge
  for (const each of bySoonest(account.grants)) {
    const part = min(left, each.remaining)
    each.remaining -= part
    left -= part
  }
  return ['applied', account.wallet, charge]
}

function release(account: Account | undefined, call: AnyCall) {
  const found = account?.holds.get(call.op)
  if (account === undefined || found === undefined) return ['unknown', account?.wallet ?? null]
  const answer = (outcome: string) => [outcome, account.wallet]
  if (found.state === 'released') return answer('replay')
  if (found.state !== 'open') return answer(found.state === 'settled' ? 'conflict' : 'closed')
  if (call.amount === null || call.amount < 0n) return answer('invalid')
  const borne = min(call.amount, found.amount)
  if (borne > 2n * grantsEnd + account.source) return answer('invalid')
  found.state = 'released'
  account.held -= found.amount
  account.source -= borne
  account.quality += borne
  return answer('applied')
}

/** Ends what is over. What is held is taken to be spent from the grants that end first. */
function sweep(account: Account, now: number): { isHold: boolean; amount: bigint }[] {
  const ended: { isHold: boolean; amount: bigint }[] = []
  const couldExpire = expirable(account, now) > 0n
  for (const each of account.holds.values()) {
    if (each.state !== 'open' || each.expires >= now) continue
    each.state = 'expired'
    account.held -= each.amount
    ended.push({ isHold: true, amount: each.amount })
  }
  // What a hold that ended just now set free is for the next sweep.
  if (!couldExpire) return ended
  for (const each of bySoonest(account.grants)) {
    const amount = each.expires <= now ? min(each.remaining, expirable(account, now)) : 0n
    if (amount <= 0n) continue
    each.remaining -= amount
    account.wallet -= amount
    account.expired += amount
    ended.push({ isHold: false, amount })
  }
  return ended
}

function expirable(account: Account, now: number): bigint {
  const due = account.grants.reduce((sum, each) => (each.expires <= now ? sum + each.remaining : sum), 0n)
  return min(due - account.held, account.wallet - account.held - max(account.floor, 0n))
}

function bySoonest(grants: Grant[]): Grant[] {
  return grants
    .map((grant, index) => ({ grant, index }))
    .sort((a, b) => compare(a.grant.expires, b.grant.expires) || a.index - b.index)
    .map(({ grant }) => grant)
}

/** What of an answer the model foretells. */
function essence(answer: Answer): unknown[] {
  const { outcome, balance, held, charged } = answer
  const numbers = held === null ? [charged] : [held]
  return [outcome, balance, ...numbers.filter((number) => number !== null)]
}

function totals(rows: { org: number; isHold: boolean; amount: bigint }[]) {
  const sums = new Map<string, bigint>()
  for (const { org, isHold, amount } of rows) {
    const key = `${org} ${isHold ? 'hold' : 'grant'}`
    sums.set(key, (sums.get(key) ?? 0n) + amount)
  }
  return [...sums].sort(([a], [b]) => compare(a, b))
}

const min = (a: bigint, b: bigint) => (a < b ? a : b)
const max = (a: bigint, b: bigint) => (a > b ? a : b)
function compare<T extends string | number>(a: T | undefined, b: T | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0
  return a < b ? -1 : 1
}
const show = (value: unknown) =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each))
