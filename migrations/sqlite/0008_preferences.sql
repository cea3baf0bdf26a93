CREATE TABLE `preferences` (
	`user_id` text PRIMARY KEY NOT NULL,
	`chosen` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
