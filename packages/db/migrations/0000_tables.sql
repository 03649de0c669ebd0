CREATE SCHEMA "app";
--> statement-breakpoint
CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE TABLE "app"."accounts" (
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"floor" bigint,
	CONSTRAINT "accounts_org_id_kind_pk" PRIMARY KEY("org_id","kind"),
	CONSTRAINT "accounts_floor" CHECK ("app"."accounts"."floor" is null or "app"."accounts"."balance" - "app"."accounts"."held" >= "app"."accounts"."floor"),
	CONSTRAINT "accounts_floor_range" CHECK ("app"."accounts"."floor" between -1000000000000000000 and 1000000000000000000),
	CONSTRAINT "accounts_held" CHECK ("app"."accounts"."held" >= 0 and ("app"."accounts"."held" = 0 or "app"."accounts"."kind" = 'wallet')),
	CONSTRAINT "accounts_wallet_floor" CHECK (("app"."accounts"."kind" = 'wallet') = ("app"."accounts"."floor" is not null)),
	CONSTRAINT "accounts_kind" CHECK ("app"."accounts"."kind" in ('wallet', 'source', 'usage', 'expired', 'quality'))
);
--> statement-breakpoint
ALTER TABLE "app"."accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."entries" (
	"org_id" uuid NOT NULL,
	"transfer_id" uuid NOT NULL,
	"account_kind" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "entries_org_id_transfer_id_account_kind_pk" PRIMARY KEY("org_id","transfer_id","account_kind"),
	CONSTRAINT "entries_amount" CHECK ("app"."entries"."amount" <> 0)
);
--> statement-breakpoint
ALTER TABLE "app"."entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."files" (
	"org_id" uuid NOT NULL,
	"sha256" "bytea" NOT NULL,
	"size_bytes" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "files_org_id_sha256_pk" PRIMARY KEY("org_id","sha256")
);
--> statement-breakpoint
ALTER TABLE "app"."files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."generation_events" (
	"org_id" uuid NOT NULL,
	"generation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "generation_events_org_id_generation_id_seq_pk" PRIMARY KEY("org_id","generation_id","seq")
);
--> statement-breakpoint
ALTER TABLE "app"."generation_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."generations" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"plugin_id" uuid NOT NULL,
	"parent_version_id" uuid,
	"version_id" uuid,
	"operation_id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"prompt" text NOT NULL,
	"model" text NOT NULL,
	"price_book_id" text NOT NULL,
	"hold_amount" bigint NOT NULL,
	"cancel_requested_at" timestamp (3) with time zone,
	"lease_owner" uuid,
	"lease_until" timestamp (3) with time zone,
	"failure" text,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "generations_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "generations_operation" UNIQUE("org_id","operation_id"),
	CONSTRAINT "generations_state" CHECK ("app"."generations"."state" in ('queued', 'running', 'validating', 'repairing', 'succeeded', 'failed', 'canceled')),
	CONSTRAINT "generations_finished" CHECK (("app"."generations"."finished_at" is not null) = ("app"."generations"."state" in ('succeeded', 'failed', 'canceled')))
);
--> statement-breakpoint
ALTER TABLE "app"."generations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."grants" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"transfer_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "grants_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "grants_transfer" UNIQUE("org_id","transfer_id"),
	CONSTRAINT "grants_remaining" CHECK ("app"."grants"."remaining" between 0 and "app"."grants"."amount"),
	CONSTRAINT "grants_reason" CHECK ("app"."grants"."reason" in ('plan', 'purchase', 'promotion', 'refund', 'adjustment'))
);
--> statement-breakpoint
ALTER TABLE "app"."grants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."holds" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"operation_id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"amount" bigint NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"charged" bigint DEFAULT 0 NOT NULL,
	"price_book_id" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "holds_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "holds_operation" UNIQUE("org_id","operation_id"),
	CONSTRAINT "holds_amount" CHECK ("app"."holds"."amount" >= 0 and "app"."holds"."charged" between 0 and "app"."holds"."amount"),
	CONSTRAINT "holds_state" CHECK ("app"."holds"."state" in ('open', 'settled', 'released', 'expired')),
	CONSTRAINT "holds_closed" CHECK (("app"."holds"."state" = 'open') = ("app"."holds"."closed_at" is null))
);
--> statement-breakpoint
ALTER TABLE "app"."holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."memberships" (
	"org_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_org_id_user_id_pk" PRIMARY KEY("org_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("app"."memberships"."role" in ('owner', 'admin', 'billing', 'member', 'viewer'))
);
--> statement-breakpoint
ALTER TABLE "app"."memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."orgs" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"plan" text DEFAULT 'developer' NOT NULL,
	"is_personal" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orgs_id_pk" PRIMARY KEY("id"),
	CONSTRAINT "orgs_slug_unique" UNIQUE("slug"),
	CONSTRAINT "orgs_plan" CHECK ("app"."orgs"."plan" in ('developer', 'standard', 'growth', 'enterprise'))
);
--> statement-breakpoint
ALTER TABLE "app"."orgs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."plugins" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"package_name" text NOT NULL,
	"last_version" integer DEFAULT 0 NOT NULL,
	"operation_id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plugins_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "plugins_operation" UNIQUE("org_id","operation_id"),
	CONSTRAINT "plugins_state" CHECK ("app"."plugins"."state" in ('active', 'archived'))
);
--> statement-breakpoint
ALTER TABLE "app"."plugins" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."price_books" (
	"id" text PRIMARY KEY NOT NULL,
	"prices" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "app"."price_books" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth"."sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone DEFAULT now() + interval '90 days' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app"."transfers" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"operation_id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"from_kind" text NOT NULL,
	"to_kind" text NOT NULL,
	"price_book_id" text,
	"wallet_balance" bigint NOT NULL,
	"description" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "transfers_operation" UNIQUE("org_id","operation_id"),
	CONSTRAINT "transfers_amount" CHECK ("app"."transfers"."amount" > 0),
	CONSTRAINT "transfers_accounts" CHECK ("app"."transfers"."from_kind" <> "app"."transfers"."to_kind"),
	CONSTRAINT "transfers_kind" CHECK ("app"."transfers"."kind" in ('grant', 'settle', 'expire', 'quality'))
);
--> statement-breakpoint
ALTER TABLE "app"."transfers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."usage_records" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid NOT NULL,
	"generation_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"outcome" text NOT NULL,
	"input_tokens" bigint NOT NULL,
	"cached_input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"is_estimated" boolean NOT NULL,
	"cost" bigint NOT NULL,
	"price_book_id" text NOT NULL,
	"first_token_ms" integer,
	"duration_ms" integer NOT NULL,
	"reported" jsonb,
	CONSTRAINT "usage_records_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "usage_records_call" UNIQUE("org_id","generation_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "app"."usage_records" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth"."users" (
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_id_pk" PRIMARY KEY("id"),
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "app"."version_files" (
	"org_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"path" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	CONSTRAINT "version_files_org_id_version_id_path_pk" PRIMARY KEY("org_id","version_id","path")
);
--> statement-breakpoint
ALTER TABLE "app"."version_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "app"."versions" (
	"org_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"plugin_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"parent_id" uuid,
	"state" text NOT NULL,
	"origin" text NOT NULL,
	"label" text NOT NULL,
	"manifest" jsonb,
	"summary" jsonb,
	"steps" jsonb NOT NULL,
	"bundle_sha256" "bytea",
	"operation_id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "versions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "versions_number" UNIQUE("org_id","plugin_id","number"),
	CONSTRAINT "versions_operation" UNIQUE("org_id","operation_id"),
	CONSTRAINT "versions_of_plugin" UNIQUE("org_id","plugin_id","id"),
	CONSTRAINT "versions_state" CHECK ("app"."versions"."state" in ('ready', 'failed', 'canceled')),
	CONSTRAINT "versions_origin" CHECK ("app"."versions"."origin" in ('generation', 'edit', 'restore', 'duplicate'))
);
--> statement-breakpoint
ALTER TABLE "app"."versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "app"."accounts" ADD CONSTRAINT "accounts_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."entries" ADD CONSTRAINT "entries_org_id_transfer_id_transfers_org_id_id_fk" FOREIGN KEY ("org_id","transfer_id") REFERENCES "app"."transfers"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."entries" ADD CONSTRAINT "entries_org_id_account_kind_accounts_org_id_kind_fk" FOREIGN KEY ("org_id","account_kind") REFERENCES "app"."accounts"("org_id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."files" ADD CONSTRAINT "files_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."generation_events" ADD CONSTRAINT "generation_events_org_id_generation_id_generations_org_id_id_fk" FOREIGN KEY ("org_id","generation_id") REFERENCES "app"."generations"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."generations" ADD CONSTRAINT "generations_org_id_plugin_id_plugins_org_id_id_fk" FOREIGN KEY ("org_id","plugin_id") REFERENCES "app"."plugins"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."generations" ADD CONSTRAINT "generations_org_id_plugin_id_parent_version_id_versions_org_id_plugin_id_id_fk" FOREIGN KEY ("org_id","plugin_id","parent_version_id") REFERENCES "app"."versions"("org_id","plugin_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."generations" ADD CONSTRAINT "generations_org_id_plugin_id_version_id_versions_org_id_plugin_id_id_fk" FOREIGN KEY ("org_id","plugin_id","version_id") REFERENCES "app"."versions"("org_id","plugin_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."grants" ADD CONSTRAINT "grants_org_id_transfer_id_transfers_org_id_id_fk" FOREIGN KEY ("org_id","transfer_id") REFERENCES "app"."transfers"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."holds" ADD CONSTRAINT "holds_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD CONSTRAINT "memberships_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."plugins" ADD CONSTRAINT "plugins_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."transfers" ADD CONSTRAINT "transfers_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "app"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."usage_records" ADD CONSTRAINT "usage_records_org_id_generation_id_generations_org_id_id_fk" FOREIGN KEY ("org_id","generation_id") REFERENCES "app"."generations"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."version_files" ADD CONSTRAINT "version_files_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "app"."versions"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."version_files" ADD CONSTRAINT "version_files_org_id_sha256_files_org_id_sha256_fk" FOREIGN KEY ("org_id","sha256") REFERENCES "app"."files"("org_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."versions" ADD CONSTRAINT "versions_org_id_plugin_id_plugins_org_id_id_fk" FOREIGN KEY ("org_id","plugin_id") REFERENCES "app"."plugins"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."versions" ADD CONSTRAINT "versions_org_id_parent_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","parent_id") REFERENCES "app"."versions"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app"."versions" ADD CONSTRAINT "versions_org_id_bundle_sha256_files_org_id_sha256_fk" FOREIGN KEY ("org_id","bundle_sha256") REFERENCES "app"."files"("org_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entries_account" ON "app"."entries" USING btree ("org_id","account_kind");--> statement-breakpoint
CREATE INDEX "generations_thread" ON "app"."generations" USING btree ("org_id","plugin_id","created_at","id");--> statement-breakpoint
CREATE INDEX "generations_open" ON "app"."generations" USING btree ("org_id","created_at") WHERE "app"."generations"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "grants_open" ON "app"."grants" USING btree ("org_id","expires_at") WHERE "app"."grants"."remaining" > 0;--> statement-breakpoint
CREATE INDEX "grants_expiry" ON "app"."grants" USING btree ("expires_at") WHERE "app"."grants"."remaining" > 0;--> statement-breakpoint
CREATE INDEX "holds_open_expiry" ON "app"."holds" USING btree ("expires_at") WHERE "app"."holds"."state" = 'open';--> statement-breakpoint
CREATE INDEX "memberships_user" ON "app"."memberships" USING btree ("user_id","org_id");--> statement-breakpoint
CREATE INDEX "plugins_recent" ON "app"."plugins" USING btree ("org_id","state","updated_at","id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "auth"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "auth"."sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "transfers_time" ON "app"."transfers" USING btree ("org_id","at","id");--> statement-breakpoint
CREATE INDEX "usage_records_time" ON "app"."usage_records" USING btree ("org_id","at");--> statement-breakpoint
CREATE INDEX "usage_records_user_time" ON "app"."usage_records" USING btree ("org_id","user_id","at");--> statement-breakpoint
CREATE POLICY "accounts_tenant" ON "app"."accounts" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "accounts_owner" ON "app"."accounts" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "accounts_service" ON "app"."accounts" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "accounts_ledger" ON "app"."accounts" AS PERMISSIVE FOR ALL TO "app_ledger" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "entries_tenant" ON "app"."entries" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "entries_owner" ON "app"."entries" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "entries_service" ON "app"."entries" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "entries_ledger" ON "app"."entries" AS PERMISSIVE FOR ALL TO "app_ledger" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "files_tenant" ON "app"."files" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "files_owner" ON "app"."files" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "files_service" ON "app"."files" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "generation_events_tenant" ON "app"."generation_events" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "generation_events_owner" ON "app"."generation_events" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "generation_events_service" ON "app"."generation_events" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "generations_tenant" ON "app"."generations" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "generations_owner" ON "app"."generations" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "generations_service" ON "app"."generations" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "grants_tenant" ON "app"."grants" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "grants_owner" ON "app"."grants" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "grants_service" ON "app"."grants" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "grants_ledger" ON "app"."grants" AS PERMISSIVE FOR ALL TO "app_ledger" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "holds_tenant" ON "app"."holds" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "holds_owner" ON "app"."holds" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "holds_service" ON "app"."holds" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "holds_ledger" ON "app"."holds" AS PERMISSIVE FOR ALL TO "app_ledger" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "memberships_mine" ON "app"."memberships" AS PERMISSIVE FOR SELECT TO "app_user" USING (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_tenant" ON "app"."memberships" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "memberships_owner" ON "app"."memberships" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "memberships_service" ON "app"."memberships" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "orgs_tenant" ON "app"."orgs" AS PERMISSIVE FOR SELECT TO "app_user" USING (id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "orgs_owner" ON "app"."orgs" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "orgs_service" ON "app"."orgs" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "plugins_tenant" ON "app"."plugins" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "plugins_owner" ON "app"."plugins" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "plugins_service" ON "app"."plugins" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "price_books_read" ON "app"."price_books" AS PERMISSIVE FOR SELECT TO "app_ledger", "app_user" USING (true);--> statement-breakpoint
CREATE POLICY "price_books_owner" ON "app"."price_books" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "price_books_service" ON "app"."price_books" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "transfers_tenant" ON "app"."transfers" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "transfers_owner" ON "app"."transfers" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "transfers_service" ON "app"."transfers" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "transfers_ledger" ON "app"."transfers" AS PERMISSIVE FOR ALL TO "app_ledger" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "usage_records_tenant" ON "app"."usage_records" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "usage_records_owner" ON "app"."usage_records" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "usage_records_service" ON "app"."usage_records" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "version_files_tenant" ON "app"."version_files" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "version_files_owner" ON "app"."version_files" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "version_files_service" ON "app"."version_files" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "versions_tenant" ON "app"."versions" AS PERMISSIVE FOR ALL TO "app_user" USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "versions_owner" ON "app"."versions" AS PERMISSIVE FOR ALL TO "app_owner" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "versions_service" ON "app"."versions" AS PERMISSIVE FOR ALL TO "app_service" USING (true) WITH CHECK (true);