DROP INDEX "tasks_body";--> statement-breakpoint
ALTER TABLE "books" ADD COLUMN "text" text;--> statement-breakpoint
ALTER TABLE "books" ADD COLUMN "told" jsonb;--> statement-breakpoint
ALTER TABLE "books" ADD COLUMN "valid_until" date;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "kind" text DEFAULT 'campaign' NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "parent_id" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_parent_id_campaigns_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tasks_funnel" ON "tasks" USING btree ("book_id","closed_at","cancelled_at","suspended_at","reported_at","returned_at","accepted_at","issued_at","due_at","asked");--> statement-breakpoint
CREATE INDEX "tasks_amounts" ON "tasks" USING btree ("book_id","measure","target","amount","cancelled_at") WHERE target is not null;--> statement-breakpoint
CREATE INDEX "campaigns_parent" ON "campaigns" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "tasks_body" ON "tasks" USING btree ("body_id","book_id","issued_at") WHERE body_id is not null;