CREATE TABLE `shift_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`zone_id` text NOT NULL,
	`meeting_point` text,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shift_changes_open` ON `shift_changes` (`shift_id`) WHERE settled_at is null;--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`event_id` text NOT NULL,
	`participation_id` text NOT NULL,
	`assignment_id` text,
	`before` text,
	`contact_id` text,
	`created_at` integer NOT NULL,
	`superseded_at` integer,
	`told_at` integer,
	`told_by_user_id` text,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participation_id`) REFERENCES `participations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_once` ON `notices` (`key`);--> statement-breakpoint
CREATE INDEX `notices_by_event` ON `notices` (`event_id`,`id`);--> statement-breakpoint
CREATE INDEX `notices_by_participation` ON `notices` (`participation_id`);--> statement-breakpoint
CREATE INDEX `notices_by_assignment` ON `notices` (`assignment_id`);--> statement-breakpoint
CREATE INDEX `notices_by_contact` ON `notices` (`contact_id`);--> statement-breakpoint
ALTER TABLE `messages` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `assignments` ADD `asked_again_at` integer;