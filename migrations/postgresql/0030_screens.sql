CREATE TABLE "screens" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_by_user_id" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "screens" ADD CONSTRAINT "screens_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "screens_token" ON "screens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "screens_by_event" ON "screens" USING btree ("event_id","id");