ALTER TABLE "visit_uploads" ADD COLUMN "patrol_id" text;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD COLUMN "on_patrol" jsonb;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD CONSTRAINT "visit_uploads_patrol_id_visits_id_fk" FOREIGN KEY ("patrol_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;