CREATE TABLE "number_only_teams" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"team_id" text NOT NULL,
	"answered_by_user_id" text NOT NULL,
	"answered_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "number_only_teams" ADD CONSTRAINT "number_only_teams_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "number_only_teams" ADD CONSTRAINT "number_only_teams_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "number_only_teams_once" ON "number_only_teams" USING btree ("event_id","team_id");--> statement-breakpoint
CREATE INDEX "number_only_teams_by_team" ON "number_only_teams" USING btree ("team_id");