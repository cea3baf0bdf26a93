ALTER TABLE `participations` ADD `note` text;--> statement-breakpoint
ALTER TABLE `participations` ADD `noted_at` integer;--> statement-breakpoint
ALTER TABLE `participations` ADD `noted_by_user_id` text;