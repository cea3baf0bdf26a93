CREATE TABLE "attentions" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"raised_at" timestamptz(3) NOT NULL,
	"last_at" timestamptz(3) NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"acknowledged_at" timestamptz(3),
	"acknowledged_by" text,
	"reason" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "attentions_open" ON "attentions" USING btree ("kind","subject") WHERE "attentions"."acknowledged_at" is null;--> statement-breakpoint
CREATE INDEX "attentions_raised" ON "attentions" USING btree ("raised_at","id");