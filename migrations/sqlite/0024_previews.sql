CREATE TABLE `previews` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`user_id` text NOT NULL,
	`spec` text NOT NULL,
	`seen` text NOT NULL,
	`created_at` integer NOT NULL,
	`done_id` text
);
--> statement-breakpoint
CREATE INDEX `previews_created` ON `previews` (`created_at`);