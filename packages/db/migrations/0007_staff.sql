ALTER TABLE "auth"."users" ADD COLUMN "staff_level" text;--> statement-breakpoint
CREATE INDEX "orgs_created" ON "app"."orgs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_created" ON "auth"."users" USING btree ("created_at","id");--> statement-breakpoint
ALTER TABLE "auth"."users" ADD CONSTRAINT "users_staff_level" CHECK ("auth"."users"."staff_level" in ('support', 'admin'));