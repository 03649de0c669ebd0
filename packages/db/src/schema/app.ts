import { pgSchema } from 'drizzle-orm/pg-core'

/** Tenant tables. Every one has org_id, forced RLS and keys that lead with org_id; a test reads the catalog for it. */
export const app = pgSchema('app')
