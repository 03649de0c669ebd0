-- RLS binds the owner too.
ALTER TABLE app.plugin_locks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A lock is set and taken away, never changed.
GRANT SELECT, INSERT, DELETE ON app.plugin_locks TO app_user;
--> statement-breakpoint
GRANT SELECT ON app.plugin_locks TO app_service;
