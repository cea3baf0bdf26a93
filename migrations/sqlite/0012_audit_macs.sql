ALTER TABLE `audit_entries` ADD `mac_key_id` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `mac` text;