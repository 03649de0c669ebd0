CREATE TABLE "app"."plugin_locks" (
	"org_id" uuid NOT NULL,
	"plugin_id" uuid NOT NULL,
	"path" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plugin_locks_org_id_plugin_id_path_pk" PRIMARY KEY("org_id","plugin_id","path")
);
--> statement-breakpoint
ALTER TABLE "app"."plugin_locks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "app"."plugin_locks" ADD CONSTRAINT "plugin_locks_org_id_plugin_id_plugins_org_id_id_fk" FOREIGN KEY ("org_id","plugin_id") REFERENCES "app"."plugins"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "plugin_locks_tenant" ON "app"."plugin_locks" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "plugin_locks_owner" ON "app"."plugin_locks" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "plugin_locks_service" ON "app"."plugin_locks" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);