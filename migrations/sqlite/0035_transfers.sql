CREATE TABLE `transfers` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`by_user_id` text NOT NULL,
	`places` text NOT NULL,
	`heads` text NOT NULL,
	`created_at` integer NOT NULL,
	`tells_at` integer,
	`undone_at` integer,
	`stayed` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `transfers_by_event` ON `transfers` (`event_id`,`id`);