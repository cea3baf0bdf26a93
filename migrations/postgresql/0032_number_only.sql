ALTER TABLE "quotas" ADD COLUMN "count_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "quotas" ADD COLUMN "due_on" date;