CREATE TABLE "plan_moves" (
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"person_id" text NOT NULL,
	"from_shift_id" text NOT NULL,
	"to_shift_id" text,
	"because" text NOT NULL,
	CONSTRAINT "plan_moves_run_id_position_pk" PRIMARY KEY("run_id","position")
);
--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "hours_per_week" double precision;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "rest_minutes" integer;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "explanation" jsonb;--> statement-breakpoint
ALTER TABLE "plan_moves" ADD CONSTRAINT "plan_moves_run_id_plan_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."plan_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_moves" ADD CONSTRAINT "plan_moves_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_moves" ADD CONSTRAINT "plan_moves_from_shift_id_shifts_id_fk" FOREIGN KEY ("from_shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_moves" ADD CONSTRAINT "plan_moves_to_shift_id_shifts_id_fk" FOREIGN KEY ("to_shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_moves_because" ON "plan_moves" USING btree ("run_id","because","position");