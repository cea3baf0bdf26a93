CREATE TABLE `person_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`other_person_id` text,
	`contact_id` text,
	`wanted` text,
	`note` text,
	`state` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_requests_open` ON `person_requests` (`id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `person_requests_person` ON `person_requests` (`person_id`);--> statement-breakpoint
CREATE INDEX `person_requests_other` ON `person_requests` (`other_person_id`);--> statement-breakpoint
CREATE INDEX `person_requests_by` ON `person_requests` (`requested_by`,`id`);--> statement-breakpoint
ALTER TABLE `persons` ADD `pupil_at` integer;--> statement-breakpoint
UPDATE `persons` SET `pupil_at` = (SELECT min(`joined_at`) FROM `memberships` WHERE `person_id` = `persons`.`id` AND `role` = 'pupil');
