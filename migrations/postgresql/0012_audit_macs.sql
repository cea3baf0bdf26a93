ALTER TABLE "audit_entries" ADD COLUMN "mac_key_id" text;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD COLUMN "mac" text;