CREATE TABLE "disclosures" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text,
	"event_id" text,
	"reason" text NOT NULL,
	"explanation" text NOT NULL,
	"hours" integer NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamptz(3) NOT NULL,
	"decided_by" text,
	"decided_at" timestamptz(3),
	"approved" boolean,
	"refusal" text,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamptz(3),
	CONSTRAINT "disclosures_scope" CHECK ((team_id is null) <> (event_id is null)),
	CONSTRAINT "disclosures_hours" CHECK (hours between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "emergencies" (
	"id" text PRIMARY KEY NOT NULL,
	"assignment_id" text NOT NULL,
	"what" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disclosures" ADD CONSTRAINT "disclosures_revoked_by_users_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergencies" ADD CONSTRAINT "emergencies_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergencies" ADD CONSTRAINT "emergencies_opened_by_users_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "disclosures_requested" ON "disclosures" USING btree ("requested_by","requested_at");--> statement-breakpoint
CREATE INDEX "disclosures_team" ON "disclosures" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "disclosures_event" ON "disclosures" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "emergencies_assignment" ON "emergencies" USING btree ("assignment_id");