CREATE TABLE `contact_marks` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`mark` text NOT NULL,
	`marked_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_marks_once` ON `contact_marks` (`person_id`,`contact_id`,`mark`);--> statement-breakpoint
CREATE INDEX `contact_marks_contact` ON `contact_marks` (`contact_id`);