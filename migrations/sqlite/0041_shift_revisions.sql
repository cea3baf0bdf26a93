CREATE TABLE `shift_revision_rows` (
	`revision_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`before` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`revision_id`, `shift_id`),
	FOREIGN KEY (`revision_id`) REFERENCES `shift_revisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `shift_revision_rows_by_shift` ON `shift_revision_rows` (`shift_id`);--> statement-breakpoint
CREATE TABLE `shift_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`selection` text NOT NULL,
	`change` text NOT NULL,
	`shifts` integer NOT NULL,
	`people` integer NOT NULL,
	`tells` integer NOT NULL,
	`created_at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shift_revisions_by_event` ON `shift_revisions` (`event_id`);--> statement-breakpoint
CREATE TABLE `plan_before` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`shift_id` text NOT NULL,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `plan_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `plan_before_heads` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`team_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`heads` integer NOT NULL,
	`minors` integer NOT NULL,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `plan_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `first_applied_at` integer;--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `basis_before` text;--> statement-breakpoint
CREATE INDEX `shift_changes_by_shift` ON `shift_changes` (`shift_id`,`settled_at`);