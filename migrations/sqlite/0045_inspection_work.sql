DROP INDEX `visit_uploads_open`;--> statement-breakpoint
ALTER TABLE `visit_uploads` ADD `lost` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `visit_uploads_open` ON `visit_uploads` (`id`) WHERE settled_at is null and lost > 0;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`series` text NOT NULL,
	`sequence` integer NOT NULL,
	`source` text NOT NULL,
	`task_id` text,
	`book_id` text NOT NULL,
	`round_id` text,
	`visit_id` text NOT NULL,
	`observation_id` text NOT NULL,
	`point_id` text,
	`standard_id` text NOT NULL,
	`standard_code` text NOT NULL,
	`zone_id` text NOT NULL,
	`district_code` text NOT NULL,
	`category` text,
	`severity` text NOT NULL,
	`unit_id` text,
	`answering_step` text,
	`found_by_user_id` text NOT NULL,
	`found_by_unit_id` text,
	`found_at` integer NOT NULL,
	`held_because` text,
	`issued_without_pictures_at` integer,
	`recurrences` integer DEFAULT 0 NOT NULL,
	`recheck_visit_id` text,
	`recheck_outcome` text,
	`shift_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`book_id`) REFERENCES `books`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`point_id`) REFERENCES `points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`standard_id`) REFERENCES `standards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_cases`("id", "number", "series", "sequence", "source", "task_id", "book_id", "round_id", "visit_id", "observation_id", "point_id", "standard_id", "standard_code", "zone_id", "district_code", "category", "severity", "unit_id", "answering_step", "found_by_user_id", "found_by_unit_id", "found_at", "held_because", "issued_without_pictures_at", "recurrences", "recheck_visit_id", "recheck_outcome", "shift_id", "version", "created_at") SELECT "id", "number", "series", "sequence", "source", "task_id", "book_id", "round_id", "visit_id", "observation_id", "point_id", "standard_id", "standard_code", "zone_id", "district_code", "category", "severity", "unit_id", "answering_step", "found_by_user_id", "found_by_unit_id", "found_at", NULL, "issued_without_pictures_at", "recurrences", "recheck_visit_id", "recheck_outcome", "shift_id", "version", "created_at" FROM `cases`;--> statement-breakpoint
DROP TABLE `cases`;--> statement-breakpoint
ALTER TABLE `__new_cases` RENAME TO `cases`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_sequence` ON `cases` (`series`,`sequence`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_task` ON `cases` (`task_id`);--> statement-breakpoint
CREATE INDEX `cases_waiting` ON `cases` (`created_at`) WHERE task_id is null;--> statement-breakpoint
CREATE INDEX `cases_round` ON `cases` (`round_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_again` ON `cases` (`point_id`,`standard_code`);--> statement-breakpoint
CREATE INDEX `cases_zone` ON `cases` (`zone_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`unit_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_visit` ON `cases` (`visit_id`);--> statement-breakpoint
CREATE INDEX `cases_recheck` ON `cases` (`recheck_visit_id`);--> statement-breakpoint
CREATE INDEX `cases_shift` ON `cases` (`shift_id`);--> statement-breakpoint
CREATE INDEX `cases_book` ON `cases` (`book_id`);--> statement-breakpoint
ALTER TABLE `rounds` ADD `check_unit_id` text REFERENCES units(id);--> statement-breakpoint
ALTER TABLE `rounds` ADD `closures` text;--> statement-breakpoint
CREATE INDEX `observations_visit` ON `observations` (`visit_id`,`standard_id`);