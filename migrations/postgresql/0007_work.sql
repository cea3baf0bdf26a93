ALTER TABLE "shifts" RENAME COLUMN "task" TO "work";--> statement-breakpoint
UPDATE "shift_batches" SET "spec" = replace("spec"::text, '"task":', '"work":')::jsonb;