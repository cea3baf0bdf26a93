CREATE TABLE "previews" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" text NOT NULL,
	"spec" jsonb NOT NULL,
	"seen" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"done_id" text
);
--> statement-breakpoint
CREATE INDEX "previews_created" ON "previews" USING btree ("created_at");