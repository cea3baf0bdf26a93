CREATE TABLE `shift_cancellations` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`selection` text NOT NULL,
	`reason` text NOT NULL,
	`shifts` integer NOT NULL,
	`people` integer NOT NULL,
	`created_at` integer NOT NULL,
	`tells_at` integer NOT NULL,
	`told_at` integer,
	`undone_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shift_cancellations_by_event` ON `shift_cancellations` (`event_id`);--> statement-breakpoint
ALTER TABLE `shifts` ADD `cancellation_id` text REFERENCES shift_cancellations(id);--> statement-breakpoint
CREATE INDEX `shifts_by_cancellation` ON `shifts` (`cancellation_id`) WHERE cancellation_id is not null;