ALTER TABLE "imports" ADD COLUMN "adds" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "sheet_counts" jsonb;