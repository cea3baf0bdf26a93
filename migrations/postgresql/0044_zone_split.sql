ALTER TABLE "zones" ADD COLUMN "split_from_id" text;--> statement-breakpoint
ALTER TABLE "zones" ADD CONSTRAINT "zones_split_from_id_zones_id_fk" FOREIGN KEY ("split_from_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "zones_split_from" ON "zones" USING btree ("split_from_id") WHERE split_from_id is not null;