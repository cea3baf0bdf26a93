ALTER TABLE "plan_runs" ADD COLUMN "hours_per_week" double precision;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD COLUMN "rest_minutes" integer;