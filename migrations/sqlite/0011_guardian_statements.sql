ALTER TABLE `guardian_consents` ADD `says` text DEFAULT 'yes' NOT NULL;--> statement-breakpoint
ALTER TABLE `guardian_consents` ADD `contact_id` text;--> statement-breakpoint
ALTER TABLE `guardian_consents` ADD `event_id` text;--> statement-breakpoint
ALTER TABLE `guardian_consents` ADD `valid_until` text;