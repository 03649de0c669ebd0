ALTER TABLE "auth"."device_sign_ins" ADD COLUMN "session_id" text;--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "signed_in_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "auth"."sessions" SET "signed_in_at" = "created_at";--> statement-breakpoint
ALTER TABLE "auth"."device_sign_ins" ADD CONSTRAINT "device_sign_ins_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "auth"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_sign_ins_session" ON "auth"."device_sign_ins" USING btree ("session_id");
