CREATE TABLE "known_browsers" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"browser_hash" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"last_seen_at" timestamptz(3) NOT NULL
);--> statement-breakpoint
CREATE TABLE "officer_confirmations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text,
	"phone" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"decided_by" text,
	"decided_at" timestamptz(3),
	"approved" boolean
);
--> statement-breakpoint
ALTER TABLE "login_codes" ADD COLUMN "browser_hash" text;--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "within_district" text;--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "handed_over" boolean;--> statement-breakpoint
ALTER TABLE "known_browsers" ADD CONSTRAINT "known_browsers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_confirmations" ADD CONSTRAINT "officer_confirmations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_confirmations" ADD CONSTRAINT "officer_confirmations_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_confirmations" ADD CONSTRAINT "officer_confirmations_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "known_browsers_once" ON "known_browsers" USING btree ("browser_hash","user_id");--> statement-breakpoint
CREATE INDEX "known_browsers_user" ON "known_browsers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "known_browsers_seen" ON "known_browsers" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "officer_confirmations_user" ON "officer_confirmations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "officer_confirmations_requested" ON "officer_confirmations" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "login_codes_browser" ON "login_codes" USING btree ("browser_hash");
--> statement-breakpoint
UPDATE "role_grants" SET "within_district" = (SELECT MIN("giver"."district_code") FROM "role_grants" AS "giver" WHERE "giver"."user_id" = "role_grants"."granted_by" AND "giver"."role" = 'district_office' AND "giver"."revoked_at" IS NULL) WHERE "unit_id" IS NOT NULL AND "revoked_at" IS NULL;
