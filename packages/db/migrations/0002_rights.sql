-- Who may do what. Rights are listed table by table: a new table gives nothing to anybody until a line here says so.

-- RLS binds the owner too.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'app' LOOP
    EXECUTE format('ALTER TABLE app.%I FORCE ROW LEVEL SECURITY', t.tablename);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA app TO app_user, app_service, app_ledger;
--> statement-breakpoint
GRANT USAGE ON SCHEMA auth TO app_service;
--> statement-breakpoint
-- Tenants: everything is readable within the org; history is append-only.
GRANT SELECT ON ALL TABLES IN SCHEMA app TO app_user;
--> statement-breakpoint
GRANT INSERT, UPDATE ON app.plugins, app.generations TO app_user;
--> statement-breakpoint
GRANT INSERT ON app.versions, app.files, app.version_files, app.generation_events, app.usage_records TO app_user;
--> statement-breakpoint
-- The platform: identity, new orgs, taking over lost generations. The books only through the functions.
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.users, auth.sessions TO app_service;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA app TO app_service;
--> statement-breakpoint
GRANT INSERT, UPDATE ON app.orgs, app.memberships TO app_service;
--> statement-breakpoint
GRANT INSERT ON app.price_books TO app_service;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON app.accounts, app.holds, app.grants TO app_ledger;
--> statement-breakpoint
GRANT SELECT, INSERT ON app.transfers, app.entries TO app_ledger;
--> statement-breakpoint
GRANT SELECT ON app.price_books TO app_ledger;
--> statement-breakpoint
-- The ledger functions run as app_ledger. Owning them needs CREATE on the schema for the moment of the change.
GRANT CREATE ON SCHEMA app TO app_ledger;
--> statement-breakpoint
DO $$
DECLARE f record;
BEGIN
  FOR f IN
    SELECT p.oid::regprocedure AS signature FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'app' AND p.proname LIKE 'ledger\_%'
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_ledger', f.signature);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA app FROM app_ledger;
--> statement-breakpoint
-- A generation holds, renews and ends its tokens in its own tenant transaction; adding and expiring is the platform's.
GRANT EXECUTE ON FUNCTION app.ledger_hold, app.ledger_renew, app.ledger_settle, app.ledger_release, app.ledger_faults
  TO app_user, app_service;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.ledger_open, app.ledger_grant, app.ledger_sweep TO app_service;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app.ledger_faults TO app_owner;
--> statement-breakpoint
-- History cannot be rewritten, not even by a role that some later migration grants too much.
CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', tg_table_name USING ERRCODE = '42501';
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.refuse_change FROM PUBLIC;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['entries', 'transfers', 'versions', 'version_files', 'files', 'generation_events', 'usage_records', 'price_books']
  LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON app.%I FOR EACH ROW EXECUTE FUNCTION app.refuse_change()', t);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON app.%I EXECUTE FUNCTION app.refuse_change()', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Hot rows: room on the page keeps updates of the account within it.
ALTER TABLE app.accounts SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 50);
--> statement-breakpoint
-- The product's price rule (spec: standard-v1), in microtokens per token.
INSERT INTO app.price_books (id, prices) VALUES (
  'standard-v1',
  '{"standard": {"input": "100000", "cachedInput": "100000", "output": "200000"}, "models": {}}'
);
