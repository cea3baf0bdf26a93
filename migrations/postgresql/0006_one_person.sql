ALTER TABLE "participations" ADD COLUMN "joined_into_id" text;--> statement-breakpoint
ALTER TABLE "merges" ADD COLUMN "moved" jsonb;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_joined_into_id_participations_id_fk" FOREIGN KEY ("joined_into_id") REFERENCES "public"."participations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "participations_joined" ON "participations" USING btree ("joined_into_id") WHERE joined_into_id is not null;