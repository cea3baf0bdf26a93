ALTER TABLE "participations" ADD COLUMN "link_renewed_by_user_id" text;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD COLUMN "elsewhere_at" timestamptz(3);