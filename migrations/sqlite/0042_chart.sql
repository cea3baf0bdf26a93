DROP INDEX `tasks_body`;--> statement-breakpoint
CREATE INDEX `tasks_funnel` ON `tasks` (`book_id`,`closed_at`,`cancelled_at`,`suspended_at`,`reported_at`,`returned_at`,`accepted_at`,`issued_at`,`due_at`,`asked`);--> statement-breakpoint
CREATE INDEX `tasks_amounts` ON `tasks` (`book_id`,`measure`,`target`,`amount`,`cancelled_at`) WHERE target is not null;--> statement-breakpoint
CREATE INDEX `tasks_body` ON `tasks` (`body_id`,`book_id`,`issued_at`) WHERE body_id is not null;--> statement-breakpoint
ALTER TABLE `books` ADD `text` text;--> statement-breakpoint
ALTER TABLE `books` ADD `told` text;--> statement-breakpoint
ALTER TABLE `books` ADD `valid_until` text;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `kind` text DEFAULT 'campaign' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaigns` ADD `parent_id` text REFERENCES campaigns(id);--> statement-breakpoint
CREATE INDEX `campaigns_parent` ON `campaigns` (`parent_id`);