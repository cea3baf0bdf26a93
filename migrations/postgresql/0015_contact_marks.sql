CREATE TABLE "contact_marks" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"mark" text NOT NULL,
	"marked_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contact_marks" ADD CONSTRAINT "contact_marks_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_marks" ADD CONSTRAINT "contact_marks_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_marks_once" ON "contact_marks" USING btree ("person_id","contact_id","mark");--> statement-breakpoint
CREATE INDEX "contact_marks_contact" ON "contact_marks" USING btree ("contact_id");