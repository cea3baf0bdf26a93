ALTER TABLE `participations` ADD `link_renewed_by_user_id` text;--> statement-breakpoint
ALTER TABLE `sign_ups` ADD `elsewhere_at` integer;