import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing.ts'

/** Tables without forced row security, each with the reason why it needs none. */
const globalTables: Record<string, string> = {
  'auth.users': 'a person belongs to many orgs; app_user has no right to the schema',
  'auth.device_sign_ins':
    'a device belongs to nobody until somebody lets it in; app_user has no right to the schema',
  'auth.sessions': "a session is a person's, not an org's; app_user has no right to the schema",
  'drizzle.__drizzle_migrations': "the migrator's own list; no run-time role has a right to the schema",
}

/** Tables under row security that every tenant reads whole. */
const sharedTables: Record<string, string> = {
  'app.price_books': 'every org pays by the same prices; tenants may only read',
}

/** Keys that do not lead with the org, so that a conflict tells that a row exists somewhere. */
const globalKeys: Record<string, string> = {
  orgs_id_pk: "an org's own id is the tenant key",
  orgs_slug_unique: 'a slug is the public name of an org in URLs: that one is taken is no secret',
  price_books_pkey: 'global table',
}

/** Indexes of tenant tables that do not lead with the org. */
const crossOrgIndexes: Record<string, string> = {
  memberships_user: 'a person finds their orgs',
  orgs_created: 'staff list all orgs',
  holds_open_expiry: 'the sweep looks over all orgs',
  grants_expiry: 'the sweep looks over all orgs',
}

/** Functions that run with their owner's rights. Each is the only way to what it writes. */
const definerFunctions = [
  'ledger_grant',
  'ledger_hold',
  'ledger_open',
  'ledger_release',
  'ledger_renew',
  'ledger_settle',
  'ledger_sweep',
]

const runtimeRoles = ['app_user', 'app_service']
const ours = `not in ('pg_catalog', 'information_schema', 'pg_toast')`

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'))
})
afterAll(() => test.drop())

/** The first column of each row. */
const names = async (statement: string) =>
  (await test.admin.unsafe<Record<string, string>[]>(statement)).map((row) => Object.values(row)[0] as string)

describe('every table', () => {
  it('has row security, forced on its owner too, or a reason to have none', async () => {
    const open = await names(`
      select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname ${ours} and not (c.relrowsecurity and c.relforcerowsecurity)
      order by 1`)
    expect(open).toEqual(Object.keys(globalTables).sort())
  })

  it('of a tenant is kept apart by a policy on org_id, for reading and for writing', async () => {
    const tenant = `(org_id = ( SELECT (NULLIF(current_setting('app.org_id'::text, true), ''::text))::uuid AS "nullif"))`
    const rows = await test.admin<
      { name: string; policies: { cmd: string; using: string; check: string | null }[] }[]
    >`
      select t.schemaname || '.' || t.tablename as name, coalesce(json_agg(json_build_object(
        'cmd', p.cmd, 'using', p.qual, 'check', p.with_check)) filter (where p.policyname is not null), '[]') as policies
      from pg_tables t left join pg_policies p
        on p.schemaname = t.schemaname and p.tablename = t.tablename and ('app_user' = any(p.roles) or 'public' = any(p.roles))
      where t.schemaname = 'app' group by 1 order by 1`
    const seen = rows.map(({ name, policies }) => ({
      name,
      policies: policies.filter((policy) => policy.using !== tenant || policy.check !== tenant),
    }))
    expect(seen.filter((table) => table.policies.length > 0)).toEqual([
      // A person sees their own memberships in every org: the one policy that goes by the user.
      {
        name: 'app.memberships',
        policies: [{ cmd: 'SELECT', using: expect.stringContaining('user_id ='), check: null }],
      },
      {
        name: 'app.orgs',
        policies: [{ cmd: 'SELECT', using: expect.stringContaining('(id ='), check: null }],
      },
      { name: 'app.price_books', policies: [{ cmd: 'SELECT', using: 'true', check: null }] },
    ])
  })

  it('has policies that only permit: a forgotten one shows nothing', async () => {
    expect(await names(`select distinct permissive from pg_policies`)).toEqual(['PERMISSIVE'])
    expect(await names(`select policyname from pg_policies where roles::text[] && array['public']`)).toEqual(
      [],
    )
  })

  it('of the schema app has org_id, except orgs and what all share', async () => {
    const without = await names(`
      select t.table_schema || '.' || t.table_name from information_schema.tables t
      where t.table_schema = 'app' and not exists (
        select from information_schema.columns c where c.table_schema = t.table_schema
          and c.table_name = t.table_name and c.column_name = 'org_id' and c.is_nullable = 'NO')
      order by 1`)
    expect(without).toEqual(['app.orgs', ...Object.keys(sharedTables)].sort())
  })

  it('is a table: no views that would read past the policies, unless they run as their caller', async () => {
    const views = await names(`
      select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname ${ours} and (c.relkind = 'm'
        or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))`)
    expect(views).toEqual([])
  })
})

describe('a run-time role', () => {
  it('has no power over the server, and no membership in another role', async () => {
    expect(
      await names(`
        select rolname from pg_roles where rolname like 'app\\_%'
          and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`),
    ).toEqual([])
    expect(
      await names(`
        select m.rolname from pg_auth_members a join pg_roles m on m.oid = a.member
        where m.rolname in ('app_user', 'app_service', 'app_ledger')`),
    ).toEqual([])
    expect(
      await names(`select rolname from pg_roles where rolname like 'app\\_%' and rolcanlogin order by 1`),
    ).toEqual(runtimeRoles.toSorted())
  })

  it('owns nothing', async () => {
    const owned = await names(`
      select r.rolname || ' owns ' || pg_describe_object(d.classid, d.objid, d.objsubid)
      from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and r.rolname in ('app_user', 'app_service')
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))`)
    expect(owned).toEqual([])
  })

  it('cannot truncate, trigger or maintain any table, nor create in any schema', async () => {
    const rights = await names(`
      select role || ' may ' || "right" || ' ' || n.nspname || '.' || c.relname
      from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        unnest(array['app_user', 'app_service', 'app_ledger']) as role,
        unnest(array['TRUNCATE', 'TRIGGER', 'MAINTAIN']) as "right"
      where c.relkind in ('r', 'p', 'v') and n.nspname ${ours} and has_table_privilege(role, c.oid, "right")`)
    expect(rights).toEqual([])
    const schemas = await names(`
      select role || ' may create in ' || n.nspname from pg_namespace n,
        unnest(array['app_user', 'app_service', 'app_ledger']) as role
      where n.nspname not like 'pg\\_%' and has_schema_privilege(role, n.oid, 'CREATE')`)
    expect(schemas).toEqual([])
  })

  it('of tenants reaches the schema app, and nothing in auth', async () => {
    const schemas = await names(`
      select nspname from pg_namespace where has_schema_privilege('app_user', oid, 'USAGE')
        and nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public') order by 1`)
    expect(schemas).toEqual(['app'])
  })

  it('of tenants writes these tables and no other', async () => {
    const rights = await names(`
      select c.relname || ': ' || string_agg("right", ', ' order by "right")
      from pg_class c, unnest(array['INSERT', 'UPDATE', 'DELETE']) as "right"
      where c.relkind = 'r' and c.relnamespace = 'app'::regnamespace
        and (has_table_privilege('app_user', c.oid, "right")
          or "right" <> 'DELETE' and has_any_column_privilege('app_user', c.oid, "right"))
      group by c.relname order by 1`)
    expect(rights).toEqual([
      'files: INSERT',
      'generation_events: INSERT',
      'generations: INSERT, UPDATE',
      'plugin_locks: DELETE, INSERT',
      'plugins: INSERT, UPDATE',
      'usage_records: INSERT',
      'version_files: INSERT',
      'versions: INSERT',
    ])
  })
})

describe('every function', () => {
  it("that runs with its owner's rights is on the list, and belongs to the ledger alone", async () => {
    const functions = await names(`
      select p.proname || ' of ' || r.rolname from pg_proc p join pg_roles r on r.oid = p.proowner
        join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname ${ours} order by 1`)
    expect(functions).toEqual(definerFunctions.map((name) => `${name} of app_ledger`))
  })

  it('of ours fixes its search path, with the temporary schema last', async () => {
    const loose = await names(`
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname ${ours} and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)`)
    expect(loose).toEqual([])
  })

  it('of ours can be called by nobody who was not named', async () => {
    const open = await names(`
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname ${ours} and (p.proacl is null
        or exists (select from aclexplode(p.proacl) as a where a.grantee = 0))`)
    expect(open).toEqual([])
  })
})

describe('every key', () => {
  it('between tenant tables includes the org on both sides', async () => {
    const loose = await names(`
      select k.conname from pg_constraint k
        join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace = 'app'::regnamespace and f.relnamespace = 'app'::regnamespace
        and not exists (
          select from unnest(k.conkey, k.confkey) as pair(here, there)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = pair.here
            join pg_attribute b on b.attrelid = f.oid and b.attnum = pair.there
          where a.attname = 'org_id' and b.attname = case f.relname when 'orgs' then 'id' else 'org_id' end)`)
    expect(loose).toEqual([])
  })

  it('of a tenant table that is unique starts with the org, or has a reason', async () => {
    const loose = await names(`
      select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where c.relnamespace = 'app'::regnamespace and x.indisunique and a.attname is distinct from 'org_id' order by 1`)
    expect(loose).toEqual(Object.keys(globalKeys).sort())
  })

  it('that is not unique leads with the org, or has a reason', async () => {
    const loose = await names(`
      select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where c.relnamespace = 'app'::regnamespace and not x.indisunique and a.attname is distinct from 'org_id'
      order by 1`)
    expect(loose).toEqual(Object.keys(crossOrgIndexes).sort())
  })

  it('to another table is indexed, so that its rows are found by it', async () => {
    const unindexed = await names(`
      select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
      where k.contype = 'f' and c.relnamespace = 'app'::regnamespace and not exists (
        select from pg_index x join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
        where x.indrelid = c.oid and a.attname in ('org_id', 'id'))`)
    expect(unindexed).toEqual([])
  })
})
