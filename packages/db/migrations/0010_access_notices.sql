-- Whoever follows something is asked again for the right to it as soon as that right may be gone, whichever way it went.
-- The argument names the column that says whose right it was.
CREATE FUNCTION app.tell_access() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('tallyforge', jsonb_build_object('kind', 'access', 'userId', to_jsonb(OLD) ->> tg_argv[0])::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION app.tell_access FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER tell_access_ended AFTER DELETE ON auth.sessions
  FOR EACH ROW EXECUTE FUNCTION app.tell_access('user_id');
--> statement-breakpoint
-- A session that is used gets more time; only one that loses some may be over.
CREATE TRIGGER tell_access_shortened AFTER UPDATE OF expires_at, ends_at ON auth.sessions
  FOR EACH ROW WHEN (NEW.expires_at < OLD.expires_at OR NEW.ends_at < OLD.ends_at)
  EXECUTE FUNCTION app.tell_access('user_id');
--> statement-breakpoint
CREATE TRIGGER tell_access_suspended AFTER UPDATE OF suspended_at ON auth.users
  FOR EACH ROW WHEN (NEW.suspended_at IS NOT NULL) EXECUTE FUNCTION app.tell_access('id');
--> statement-breakpoint
CREATE TRIGGER tell_access_removed AFTER DELETE OR UPDATE OF role ON app.memberships
  FOR EACH ROW EXECUTE FUNCTION app.tell_access('user_id');
