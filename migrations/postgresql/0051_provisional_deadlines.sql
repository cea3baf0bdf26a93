ALTER TABLE "task_moves" ADD COLUMN "provisional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "provisional" boolean DEFAULT false NOT NULL;