DROP INDEX "unit_aliases_unit";--> statement-breakpoint
DROP INDEX "persons_identity_index";--> statement-breakpoint
DROP INDEX "unit_aliases_search_alias";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "remarks" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "unit_aliases_once" ON "unit_aliases" USING btree ("unit_id","search_alias");--> statement-breakpoint
CREATE INDEX "persons_identity_index" ON "persons" USING btree ("identity_index");--> statement-breakpoint
CREATE INDEX "unit_aliases_search_alias" ON "unit_aliases" USING btree ("search_alias");