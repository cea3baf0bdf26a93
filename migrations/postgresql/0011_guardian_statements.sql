ALTER TABLE "guardian_consents" ADD COLUMN "says" text DEFAULT 'yes' NOT NULL;--> statement-breakpoint
ALTER TABLE "guardian_consents" ADD COLUMN "contact_id" text;--> statement-breakpoint
ALTER TABLE "guardian_consents" ADD COLUMN "event_id" text;--> statement-breakpoint
ALTER TABLE "guardian_consents" ADD COLUMN "valid_until" date;