CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`ranking_id` text NOT NULL,
	`task_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`observation_id` text NOT NULL,
	`answer` text NOT NULL,
	`count` integer,
	`outcome` text,
	`decided_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`ranking_id`) REFERENCES `rankings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`observation_id`) REFERENCES `observations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_once` ON `appeals` (`ranking_id`,`observation_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_task` ON `appeals` (`task_id`);--> statement-breakpoint
CREATE INDEX `appeals_visit` ON `appeals` (`visit_id`);--> statement-breakpoint
CREATE INDEX `appeals_observation` ON `appeals` (`observation_id`);--> statement-breakpoint
CREATE INDEX `appeals_open` ON `appeals` (`ranking_id`) WHERE decided_at is null;--> statement-breakpoint
DROP INDEX `rankings_final`;--> statement-breakpoint
ALTER TABLE `rankings` ADD `outdated_at` integer;--> statement-breakpoint
ALTER TABLE `rankings` ADD `appeals_book_id` text REFERENCES books(id);--> statement-breakpoint
CREATE INDEX `rankings_list` ON `rankings` (`month`,`id`);--> statement-breakpoint
CREATE INDEX `rankings_book` ON `rankings` (`appeals_book_id`);--> statement-breakpoint
ALTER TABLE `ranking_lines` ADD `last` integer DEFAULT false NOT NULL;