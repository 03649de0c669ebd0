import type { GateStepResult, PluginSummary } from '@tallyforge/core/plugins/gate'
import type { PluginManifest } from '@tallyforge/core/plugins/identity'
import {
  type PluginState,
  pluginStates,
  type VersionOrigin,
  type VersionState,
  versionOrigins,
  versionStates,
} from '@tallyforge/core/plugins/states'
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  jsonb,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import { bytes, count, createdAtColumn, idColumn, instant, orgIdColumn, small } from './columns.ts'
import { orgs } from './orgs.ts'
import { tenantPolicies } from './policies.ts'

const oneOf = (column: AnyPgColumn, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

export const plugins = app.table(
  'plugins',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    id: idColumn(),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    target: text('target').$type<'vscode'>().notNull(),
    state: text('state').$type<PluginState>().notNull().default('active'),
    /** The name in the editor, settled by the first ready version: an update must install over the last one. */
    packageName: text('package_name').notNull(),
    /** Counts versions made; the next one takes last_version + 1 under this row's lock. */
    lastVersion: small('last_version').notNull().default(0),
    operationId: uuid('operation_id').notNull(),
    requestHash: bytes('request_hash').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAtColumn(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('plugins_operation').on(t.orgId, t.operationId),
    index('plugins_recent').on(t.orgId, t.state, t.updatedAt, t.id),
    check('plugins_state', oneOf(t.state, pluginStates)),
    ...tenantPolicies('plugins'),
  ],
)

/** An immutable snapshot of a plugin's files. Append-only for the application's roles. */
export const versions = app.table(
  'versions',
  {
    orgId: orgIdColumn(),
    id: idColumn(),
    pluginId: uuid('plugin_id').notNull(),
    number: small('number').notNull(),
    parentId: uuid('parent_id'),
    state: text('state').$type<VersionState>().notNull(),
    origin: text('origin').$type<VersionOrigin>().notNull(),
    label: text('label').notNull(),
    /** The finished manifest of a ready version. */
    manifest: jsonb('manifest').$type<PluginManifest>(),
    summary: jsonb('summary').$type<PluginSummary>(),
    steps: jsonb('steps').$type<GateStepResult[]>().notNull(),
    /** The bundle's content in `files`; null for plugins without code and for versions that are not ready. */
    bundleSha256: bytes('bundle_sha256'),
    operationId: uuid('operation_id').notNull(),
    requestHash: bytes('request_hash').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('versions_number').on(t.orgId, t.pluginId, t.number),
    unique('versions_operation').on(t.orgId, t.operationId),
    unique('versions_of_plugin').on(t.orgId, t.pluginId, t.id),
    foreignKey({ columns: [t.orgId, t.pluginId], foreignColumns: [plugins.orgId, plugins.id] }),
    foreignKey({ columns: [t.orgId, t.parentId], foreignColumns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId, t.bundleSha256], foreignColumns: [files.orgId, files.sha256] }),
    check('versions_state', oneOf(t.state, versionStates)),
    check('versions_origin', oneOf(t.origin, versionOrigins)),
    ...tenantPolicies('versions'),
  ],
)

/** File contents by SHA-256 within the org: the same content is kept once, and never shared between orgs. */
export const files = app.table(
  'files',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    sha256: bytes('sha256').notNull(),
    sizeBytes: count('size_bytes').notNull(),
    content: bytes('content').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.sha256] }), ...tenantPolicies('files')],
)

export const versionFiles = app.table(
  'version_files',
  {
    orgId: orgIdColumn(),
    versionId: uuid('version_id').notNull(),
    path: text('path').notNull(),
    sha256: bytes('sha256').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.versionId, t.path] }),
    foreignKey({ columns: [t.orgId, t.versionId], foreignColumns: [versions.orgId, versions.id] }),
    foreignKey({ columns: [t.orgId, t.sha256], foreignColumns: [files.orgId, files.sha256] }),
    ...tenantPolicies('version_files'),
  ],
)

/** Files that a model may not change, by path: a lock holds for every version that is made from then on. */
export const pluginLocks = app.table(
  'plugin_locks',
  {
    orgId: orgIdColumn(),
    pluginId: uuid('plugin_id').notNull(),
    path: text('path').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.pluginId, t.path] }),
    foreignKey({ columns: [t.orgId, t.pluginId], foreignColumns: [plugins.orgId, plugins.id] }),
    ...tenantPolicies('plugin_locks'),
  ],
)
