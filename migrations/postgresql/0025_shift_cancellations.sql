CREATE TABLE "shift_cancellations" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"selection" jsonb NOT NULL,
	"reason" text NOT NULL,
	"shifts" integer NOT NULL,
	"people" integer NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"tells_at" timestamptz(3) NOT NULL,
	"told_at" timestamptz(3),
	"undone_at" timestamptz(3)
);
--> statement-breakpoint
ALTER TABLE "shifts" ADD COLUMN "cancellation_id" text;--> statement-breakpoint
ALTER TABLE "shift_cancellations" ADD CONSTRAINT "shift_cancellations_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shift_cancellations_by_event" ON "shift_cancellations" USING btree ("event_id");--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_cancellation_id_shift_cancellations_id_fk" FOREIGN KEY ("cancellation_id") REFERENCES "public"."shift_cancellations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shifts_by_cancellation" ON "shifts" USING btree ("cancellation_id") WHERE cancellation_id is not null;