CREATE TABLE "shift_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"shift_id" text NOT NULL,
	"starts_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3) NOT NULL,
	"zone_id" text NOT NULL,
	"meeting_point" text,
	"first_at" timestamptz(3) NOT NULL,
	"last_at" timestamptz(3) NOT NULL,
	"settled_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"event_id" text NOT NULL,
	"participation_id" text NOT NULL,
	"assignment_id" text,
	"before" jsonb,
	"contact_id" text,
	"created_at" timestamptz(3) NOT NULL,
	"superseded_at" timestamptz(3),
	"told_at" timestamptz(3),
	"told_by_user_id" text
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "starts_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "asked_again_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "shift_changes" ADD CONSTRAINT "shift_changes_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_changes" ADD CONSTRAINT "shift_changes_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_participation_id_participations_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "shift_changes_open" ON "shift_changes" USING btree ("shift_id") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("key");--> statement-breakpoint
CREATE INDEX "notices_by_event" ON "notices" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "notices_by_participation" ON "notices" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "notices_by_assignment" ON "notices" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "notices_by_contact" ON "notices" USING btree ("contact_id");