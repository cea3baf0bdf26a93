CREATE TABLE "transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"by_user_id" text NOT NULL,
	"places" jsonb NOT NULL,
	"heads" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"tells_at" timestamptz(3),
	"undone_at" timestamptz(3),
	"stayed" jsonb
);
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_by_event" ON "transfers" USING btree ("event_id","id");