ALTER TABLE "participations" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "noted_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "noted_by_user_id" text;