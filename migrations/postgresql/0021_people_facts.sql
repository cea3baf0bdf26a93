CREATE TABLE "person_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" text NOT NULL,
	"other_person_id" text,
	"contact_id" text,
	"wanted" text,
	"note" text,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamptz(3) NOT NULL,
	"decided_by" text,
	"decided_at" timestamptz(3),
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "pupil_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "person_requests" ADD CONSTRAINT "person_requests_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_requests" ADD CONSTRAINT "person_requests_other_person_id_persons_id_fk" FOREIGN KEY ("other_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_requests" ADD CONSTRAINT "person_requests_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_requests_open" ON "person_requests" USING btree ("id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "person_requests_person" ON "person_requests" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_requests_other" ON "person_requests" USING btree ("other_person_id");--> statement-breakpoint
CREATE INDEX "person_requests_by" ON "person_requests" USING btree ("requested_by","id");--> statement-breakpoint
UPDATE "persons" SET "pupil_at" = (SELECT min("joined_at") FROM "memberships" WHERE "person_id" = "persons"."id" AND "role" = 'pupil');
