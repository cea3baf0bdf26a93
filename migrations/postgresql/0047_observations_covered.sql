DROP INDEX "observations_visit";--> statement-breakpoint
CREATE INDEX "observations_visit" ON "observations" USING btree ("visit_id","standard_id","superseded_by_id","score","answer");