import { randomUUID } from 'node:crypto'
import { fromPublicId } from '@tallyforge/core/ids'
import type { TestApp, TestPerson } from './test-app.ts'

/** A call to book: charged, or borne by the platform. Times are ours, so that days and ties can be chosen. */
export type BookedCall = {
  at: Date
  pluginId: string
  model: string
  createdBy: string
  description: string
  amount: bigint
  outcome: 'settled' | 'failed'
}

/** Writes a person's books through the ledger's own functions, at times of the test's choice. All ids are uuids. */
export function bookkeeper(app: TestApp, person: TestPerson) {
  const { admin } = app.database
  const orgId = fromPublicId('org', person.orgId) ?? ''
  const hash = '\\x00'
  return {
    orgId,
    plugin: async (title: string): Promise<string> => {
      const id = randomUUID()
      await admin`
        insert into app.plugins (org_id, id, title, target, package_name, operation_id, request_hash, created_by)
        values (${orgId}, ${id}, ${title}, 'vscode', 'a-plugin', ${randomUUID()}, ${hash}, ${orgId})`
      return id
    },
    /** `count` grants of `amount` each, all at one time. */
    grant: async (at: Date, amount: bigint, options: { count?: number; expiresAt?: Date } = {}) => {
      const { count = 1, expiresAt = null } = options
      await admin`
        select app.ledger_grant(array_agg(${orgId}::uuid), array_agg(gen_random_uuid()),
          array_agg(${String(amount)}::bigint), array_agg('promotion'::text), array_agg('A grant, number ' || i),
          array_agg(${expiresAt}::timestamptz), array_agg(${hash}::bytea), ${at}::timestamptz)
        from generate_series(1, ${count}::int) as i`
    },
    call: async (call: BookedCall) => {
      const op = randomUUID()
      const [org, held] = [[orgId], [String(call.amount)]]
      await admin`
        insert into app.generations (org_id, plugin_id, operation_id, request_hash, state, prompt, model, price_book_id,
          hold_amount, created_by, created_at, finished_at)
        values (${orgId}, ${call.pluginId}, ${op}, ${hash}, 'succeeded', 'A prompt', ${call.model}, 'standard-v1',
          ${held[0] ?? ''}, ${call.createdBy}, ${call.at}, ${call.at})`
      await admin`
        select app.ledger_hold(${org}::uuid[], ${[op]}::uuid[], ${held}::bigint[], array[60], array['standard-v1'],
          ${[call.createdBy]}::uuid[], array[${hash}::bytea], ${call.at}::timestamptz)`
      const texts = [call.description]
      await (call.outcome === 'settled'
        ? admin`select app.ledger_settle(${org}::uuid[], ${[op]}::uuid[], ${held}::bigint[], ${texts}::text[], ${call.at}::timestamptz)`
        : admin`select app.ledger_release(${org}::uuid[], ${[op]}::uuid[], ${held}::bigint[], ${texts}::text[], ${call.at}::timestamptz)`)
    },
    expire: (at: Date) => admin`select app.ledger_sweep(500, ${at}::timestamptz)`,
  }
}
