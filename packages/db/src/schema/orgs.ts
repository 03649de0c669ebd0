import { type Role, roles } from '@tallyforge/core/orgs/roles'
import { type PlanId, planIds } from '@tallyforge/core/plans'
import { sql } from 'drizzle-orm'
import { boolean, check, index, pgPolicy, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import { users } from './auth.ts'
import { createdAtColumn, idColumn, orgIdColumn } from './columns.ts'
import { appUser, platformPolicies, tenantPolicies } from './policies.ts'

/** An organization; owns everything that can be owned. Its own id is the tenant key. */
export const orgs = app.table(
  'orgs',
  {
    id: idColumn(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    plan: text('plan').$type<PlanId>().notNull().default('developer'),
    isPersonal: boolean('is_personal').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.id] }),
    unique('orgs_slug_unique').on(t.slug),
    // The list of all of them, newest first.
    index('orgs_created').on(t.createdAt, t.id),
    check('orgs_plan', sql`${t.plan} in (${sql.raw(planIds.map((plan) => `'${plan}'`).join(', '))})`),
    pgPolicy('orgs_tenant', {
      to: appUser,
      for: 'select',
      using: sql`id = (select nullif(current_setting('app.org_id', true), '')::uuid)`,
    }),
    ...platformPolicies('orgs'),
  ],
)

export const memberships = app.table(
  'memberships',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<Role>().notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.userId] }),
    // "My organizations": the one index that does not lead with org_id.
    index('memberships_user').on(t.userId, t.orgId),
    check('memberships_role', sql`${t.role} in (${sql.raw(roles.map((role) => `'${role}'`).join(', '))})`),
    pgPolicy('memberships_mine', {
      to: appUser,
      for: 'select',
      using: sql`user_id = (select nullif(current_setting('app.user_id', true), '')::uuid)`,
    }),
    ...tenantPolicies('memberships'),
  ],
)
