import { type GenerationState, generationStates } from '@tallyforge/core/plugins/states'
import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import {
  bytes,
  count,
  createdAtColumn,
  idColumn,
  instant,
  microtokens,
  orgIdColumn,
  small,
} from './columns.ts'
import { plugins, versions } from './plugins.ts'
import { tenantPolicies } from './policies.ts'

/** One run of a model that aims at a version. Holds its tokens under its operation id. */
export const generations = app.table(
  'generations',
  {
    orgId: orgIdColumn(),
    id: idColumn(),
    pluginId: uuid('plugin_id').notNull(),
    parentVersionId: uuid('parent_version_id'),
    versionId: uuid('version_id'),
    operationId: uuid('operation_id').notNull(),
    requestHash: bytes('request_hash').notNull(),
    state: text('state').$type<GenerationState>().notNull().default('queued'),
    prompt: text('prompt').notNull(),
    model: text('model').notNull(),
    /** The price book that quote, hold and charge use, whatever the prices become meanwhile. */
    priceBookId: text('price_book_id').notNull(),
    holdAmount: microtokens('hold_amount').notNull(),
    /** Set by cancel; the runner, wherever it is, sees it and stops. */
    cancelRequestedAt: instant('cancel_requested_at'),
    /** The process that runs it, and until when that is believed without a renewal. */
    leaseOwner: uuid('lease_owner'),
    leaseUntil: instant('lease_until'),
    failure: text('failure'),
    lastSeq: small('last_seq').notNull().default(0),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAtColumn(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('generations_operation').on(t.orgId, t.operationId),
    index('generations_thread').on(t.orgId, t.pluginId, t.createdAt, t.id),
    index('generations_open').on(t.orgId, t.createdAt).where(sql`${t.finishedAt} is null`),
    foreignKey({ columns: [t.orgId, t.pluginId], foreignColumns: [plugins.orgId, plugins.id] }),
    foreignKey({
      columns: [t.orgId, t.pluginId, t.parentVersionId],
      foreignColumns: [versions.orgId, versions.pluginId, versions.id],
    }),
    foreignKey({
      columns: [t.orgId, t.pluginId, t.versionId],
      foreignColumns: [versions.orgId, versions.pluginId, versions.id],
    }),
    check(
      'generations_state',
      sql`${t.state} in (${sql.raw(generationStates.map((state) => `'${state}'`).join(', '))})`,
    ),
    check(
      'generations_finished',
      sql`(${t.finishedAt} is not null) = (${t.state} in ('succeeded', 'failed', 'canceled'))`,
    ),
    ...tenantPolicies('generations'),
  ],
)

/** The stored progress of a generation: what a watcher that comes late, or back, is shown. Append-only. */
export const generationEvents = app.table(
  'generation_events',
  {
    orgId: orgIdColumn(),
    generationId: uuid('generation_id').notNull(),
    seq: small('seq').notNull(),
    at: instant('at').notNull().defaultNow(),
    event: jsonb('event').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.generationId, t.seq] }),
    foreignKey({ columns: [t.orgId, t.generationId], foreignColumns: [generations.orgId, generations.id] }),
    ...tenantPolicies('generation_events'),
  ],
)

/** What a model call consumed, one row a call. Append-only. */
export const usageRecords = app.table(
  'usage_records',
  {
    orgId: orgIdColumn(),
    id: idColumn(),
    at: instant('at').notNull().defaultNow(),
    userId: uuid('user_id').notNull(),
    generationId: uuid('generation_id').notNull(),
    attempt: small('attempt').notNull(),
    model: text('model').notNull(),
    provider: text('provider').notNull(),
    outcome: text('outcome').$type<'finished' | 'aborted' | 'failed'>().notNull(),
    inputTokens: count('input_tokens').notNull(),
    cachedInputTokens: count('cached_input_tokens').notNull(),
    outputTokens: count('output_tokens').notNull(),
    /** Ours, because the provider reported nothing that makes sense. */
    isEstimated: boolean('is_estimated').notNull(),
    /** Price × usage in microtokens, before the hold's cap and before a failure is forgiven. */
    cost: microtokens('cost').notNull(),
    priceBookId: text('price_book_id').notNull(),
    firstTokenMs: small('first_token_ms'),
    durationMs: small('duration_ms').notNull(),
    /** The provider's usage as it came, for disputes. */
    reported: jsonb('reported').$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('usage_records_call').on(t.orgId, t.generationId, t.attempt),
    index('usage_records_time').on(t.orgId, t.at),
    index('usage_records_user_time').on(t.orgId, t.userId, t.at),
    foreignKey({ columns: [t.orgId, t.generationId], foreignColumns: [generations.orgId, generations.id] }),
    ...tenantPolicies('usage_records'),
  ],
)
