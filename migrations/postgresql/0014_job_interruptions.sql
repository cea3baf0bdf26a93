ALTER TABLE "jobs" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "interruptions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "jobs_about" ON "jobs" USING btree ("about") WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX "jobs_dead" ON "jobs" USING btree ("kind") WHERE state = 'dead';