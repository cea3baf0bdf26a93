DROP INDEX "visit_uploads_open";--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "unit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "answering_step" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "held_because" text;--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "check_unit_id" text;--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "closures" jsonb;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD COLUMN "lost" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_check_unit_id_units_id_fk" FOREIGN KEY ("check_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "observations_visit" ON "observations" USING btree ("visit_id","standard_id");--> statement-breakpoint
CREATE INDEX "visit_uploads_open" ON "visit_uploads" USING btree ("id") WHERE settled_at is null and lost > 0;