CREATE TABLE "auth"."device_sign_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"user_code" text NOT NULL,
	"label" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"user_id" uuid,
	"polled_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_sign_ins_user_code" UNIQUE("user_code"),
	CONSTRAINT "device_sign_ins_state" CHECK ("auth"."device_sign_ins"."state" in ('pending', 'approved', 'denied', 'used')),
	CONSTRAINT "device_sign_ins_decided" CHECK (("auth"."device_sign_ins"."user_id" is null) = ("auth"."device_sign_ins"."state" = 'pending'))
);
--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "kind" text DEFAULT 'browser' NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "auth"."device_sign_ins" ADD CONSTRAINT "device_sign_ins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_sign_ins_expiry" ON "auth"."device_sign_ins" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_kind" CHECK ("auth"."sessions"."kind" in ('browser', 'device'));