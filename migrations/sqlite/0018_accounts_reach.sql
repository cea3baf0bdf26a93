CREATE TABLE `known_browsers` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`browser_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE UNIQUE INDEX `known_browsers_once` ON `known_browsers` (`browser_hash`,`user_id`);--> statement-breakpoint
CREATE INDEX `known_browsers_user` ON `known_browsers` (`user_id`);--> statement-breakpoint
CREATE INDEX `known_browsers_seen` ON `known_browsers` (`last_seen_at`);--> statement-breakpoint
CREATE TABLE `officer_confirmations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text,
	`phone` text,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`approved` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `officer_confirmations_user` ON `officer_confirmations` (`user_id`);--> statement-breakpoint
CREATE INDEX `officer_confirmations_requested` ON `officer_confirmations` (`requested_at`);--> statement-breakpoint
ALTER TABLE `login_codes` ADD `browser_hash` text;--> statement-breakpoint
CREATE INDEX `login_codes_browser` ON `login_codes` (`browser_hash`);--> statement-breakpoint
ALTER TABLE `role_grants` ADD `within_district` text;--> statement-breakpoint
ALTER TABLE `role_grants` ADD `handed_over` integer;
--> statement-breakpoint
UPDATE "role_grants" SET "within_district" = (SELECT MIN("giver"."district_code") FROM "role_grants" AS "giver" WHERE "giver"."user_id" = "role_grants"."granted_by" AND "giver"."role" = 'district_office' AND "giver"."revoked_at" IS NULL) WHERE "unit_id" IS NOT NULL AND "revoked_at" IS NULL;
