CREATE TABLE `phone_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`phone` text NOT NULL,
	`old_code_hash` text NOT NULL,
	`new_code_hash` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `phone_changes_user` ON `phone_changes` (`user_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `users` ADD `phone_index` text;--> statement-breakpoint
ALTER TABLE `users` ADD `phone_filled` integer;--> statement-breakpoint
CREATE INDEX `users_phone` ON `users` (`phone_index`);