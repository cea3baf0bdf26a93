CREATE TABLE "shift_revision_rows" (
	"revision_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"before" jsonb NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "shift_revision_rows_revision_id_shift_id_pk" PRIMARY KEY("revision_id","shift_id")
);
--> statement-breakpoint
CREATE TABLE "shift_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"selection" jsonb NOT NULL,
	"change" jsonb NOT NULL,
	"shifts" integer NOT NULL,
	"people" integer NOT NULL,
	"tells" boolean NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"undone_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "plan_before" (
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text NOT NULL,
	"shift_id" text NOT NULL,
	CONSTRAINT "plan_before_run_id_position_pk" PRIMARY KEY("run_id","position")
);
--> statement-breakpoint
CREATE TABLE "plan_before_heads" (
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"team_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"heads" integer NOT NULL,
	"minors" integer NOT NULL,
	CONSTRAINT "plan_before_heads_run_id_position_pk" PRIMARY KEY("run_id","position")
);
--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "first_applied_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "basis_before" jsonb;--> statement-breakpoint
ALTER TABLE "shift_revision_rows" ADD CONSTRAINT "shift_revision_rows_revision_id_shift_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."shift_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_revision_rows" ADD CONSTRAINT "shift_revision_rows_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_revisions" ADD CONSTRAINT "shift_revisions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before" ADD CONSTRAINT "plan_before_run_id_plan_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."plan_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before" ADD CONSTRAINT "plan_before_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before" ADD CONSTRAINT "plan_before_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before" ADD CONSTRAINT "plan_before_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before_heads" ADD CONSTRAINT "plan_before_heads_run_id_plan_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."plan_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before_heads" ADD CONSTRAINT "plan_before_heads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_before_heads" ADD CONSTRAINT "plan_before_heads_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shift_revision_rows_by_shift" ON "shift_revision_rows" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "shift_revisions_by_event" ON "shift_revisions" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "shift_changes_by_shift" ON "shift_changes" USING btree ("shift_id","settled_at");