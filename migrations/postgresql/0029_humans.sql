ALTER TABLE "persons" ADD COLUMN "human_id" text;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "linked_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "person_requests" ADD COLUMN "doubt" text;--> statement-breakpoint
CREATE INDEX "persons_human" ON "persons" USING btree ("human_id") WHERE human_id is not null;--> statement-breakpoint
CREATE INDEX "persons_unlinked" ON "persons" USING btree ("id") WHERE linked_version <> version;