CREATE TABLE "late_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"assignment_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"event_id" text NOT NULL,
	"act_id" text NOT NULL,
	"origin" text NOT NULL,
	"asked_by_user_id" text,
	"asked_at" timestamptz(3) NOT NULL,
	"arrived_at" timestamptz(3) NOT NULL,
	"left_at" timestamptz(3) NOT NULL,
	"reason" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"climbs_on" date,
	"climbs_at" timestamptz(3),
	"climb_provisional" boolean DEFAULT false NOT NULL,
	"decided_at" timestamptz(3),
	"decided_by_user_id" text,
	"approved" boolean,
	"decision_reason" text,
	"drawn_at" timestamptz(3),
	"reviewed_at" timestamptz(3),
	"reviewed_by_user_id" text,
	"upheld" boolean
);
--> statement-breakpoint
CREATE TABLE "roll_passes" (
	"id" text PRIMARY KEY NOT NULL,
	"shift_id" text NOT NULL,
	"team_id" text,
	"token_hash" text NOT NULL,
	"issued_by_user_id" text NOT NULL,
	"issued_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"revoked_by_user_id" text
);
--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_entries" ADD CONSTRAINT "late_entries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_passes" ADD CONSTRAINT "roll_passes_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_passes" ADD CONSTRAINT "roll_passes_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "late_entries_pending" ON "late_entries" USING btree ("assignment_id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "late_entries_by_event" ON "late_entries" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "late_entries_by_assignment" ON "late_entries" USING btree ("assignment_id");--> statement-breakpoint
CREATE INDEX "late_entries_climbing" ON "late_entries" USING btree ("climbs_at") WHERE decided_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "roll_passes_token" ON "roll_passes" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "roll_passes_by_shift" ON "roll_passes" USING btree ("shift_id","id");