CREATE TABLE "idempotent_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"rights_hash" text NOT NULL,
	"answer" text,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "particulars" text;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "birth_year" integer;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "adult" boolean;--> statement-breakpoint
CREATE UNIQUE INDEX "idempotent_answers_once" ON "idempotent_answers" USING btree ("scope","key");--> statement-breakpoint
CREATE INDEX "idempotent_answers_created" ON "idempotent_answers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "persons_not_adult" ON "persons" USING btree ("birth_year") WHERE adult = false;--> statement-breakpoint
-- step: seal_particulars