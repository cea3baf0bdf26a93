ALTER TABLE `persons` ADD `human_id` text;--> statement-breakpoint
ALTER TABLE `persons` ADD `linked_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `persons_human` ON `persons` (`human_id`) WHERE human_id is not null;--> statement-breakpoint
CREATE INDEX `persons_unlinked` ON `persons` (`id`) WHERE linked_version <> version;--> statement-breakpoint
ALTER TABLE `person_requests` ADD `doubt` text;