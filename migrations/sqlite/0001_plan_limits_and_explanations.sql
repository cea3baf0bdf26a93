CREATE TABLE `plan_moves` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`from_shift_id` text NOT NULL,
	`to_shift_id` text,
	`because` text NOT NULL,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `plan_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plan_moves_because` ON `plan_moves` (`run_id`,`because`,`position`);--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `hours_per_week` real;--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `rest_minutes` integer;--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `explanation` text;