CREATE TABLE `pictures` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`stage` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`difference_hash` text NOT NULL,
	`part0` integer NOT NULL,
	`part1` integer NOT NULL,
	`part2` integer NOT NULL,
	`part3` integer NOT NULL,
	`part4` integer NOT NULL,
	`part5` integer NOT NULL,
	`claimed_at` integer,
	`clock_offset_seconds` integer,
	`place` text NOT NULL,
	`flags` text NOT NULL,
	`like_id` text,
	`by_user_id` text NOT NULL,
	`hidden_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pictures_subject` ON `pictures` (`subject`,`id`);--> statement-breakpoint
CREATE INDEX `pictures_file` ON `pictures` (`sha256`);--> statement-breakpoint
CREATE INDEX `pictures_part0` ON `pictures` (`part0`);--> statement-breakpoint
CREATE INDEX `pictures_part1` ON `pictures` (`part1`);--> statement-breakpoint
CREATE INDEX `pictures_part2` ON `pictures` (`part2`);--> statement-breakpoint
CREATE INDEX `pictures_part3` ON `pictures` (`part3`);--> statement-breakpoint
CREATE INDEX `pictures_part4` ON `pictures` (`part4`);--> statement-breakpoint
CREATE INDEX `pictures_part5` ON `pictures` (`part5`);--> statement-breakpoint
CREATE TABLE `task_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`book_id` text NOT NULL,
	`kind` text NOT NULL,
	`outline` text NOT NULL,
	`text` text NOT NULL,
	`acceptance` text,
	`body_id` text,
	`scope` text NOT NULL,
	`within` text NOT NULL,
	`cadence` text NOT NULL,
	`due_day` text,
	`due_class` text,
	`due_on` text,
	`target` integer,
	`measure` text,
	`ended_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`book_id`) REFERENCES `books`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`body_id`) REFERENCES `working_bodies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `task_templates_book` ON `task_templates` (`book_id`,`id`);--> statement-breakpoint
CREATE INDEX `task_templates_recurring` ON `task_templates` (`cadence`) WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE `books` ADD `supersedes_id` text REFERENCES books(id);--> statement-breakpoint
ALTER TABLE `books` ADD `figures` text;--> statement-breakpoint
CREATE INDEX `books_check_unit` ON `books` (`check_unit_id`);--> statement-breakpoint
CREATE INDEX `books_body` ON `books` (`body_id`);--> statement-breakpoint
ALTER TABLE `task_moves` ADD `into_id` text REFERENCES tasks(id);--> statement-breakpoint
ALTER TABLE `task_moves` ADD `state` text;--> statement-breakpoint
ALTER TABLE `task_moves` ADD `asked` text;--> statement-breakpoint
ALTER TABLE `task_moves` ADD `reported_at` integer;--> statement-breakpoint
ALTER TABLE `task_moves` ADD `owing_unit_id` text REFERENCES units(id);--> statement-breakpoint
CREATE INDEX `task_moves_passes` ON `task_moves` (`by_unit_id`,`owing_unit_id`) WHERE kind = 'pass';--> statement-breakpoint
CREATE INDEX `task_moves_at` ON `task_moves` (`task_id`,`at`,`sequence`,`kind`);--> statement-breakpoint
ALTER TABLE `tasks` ADD `subject` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `found_by_user_id` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `tasks` ADD `found_by_unit_id` text REFERENCES units(id);--> statement-breakpoint
ALTER TABLE `tasks` ADD `template_id` text REFERENCES task_templates(id);--> statement-breakpoint
ALTER TABLE `tasks` ADD `expansion_key` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `disputed_at` integer;--> statement-breakpoint
ALTER TABLE `tasks` ADD `disputes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `false_at` integer;--> statement-breakpoint
ALTER TABLE `tasks` ADD `carried_into_id` text REFERENCES tasks(id);--> statement-breakpoint
ALTER TABLE `tasks` ADD `awarded_until` integer;--> statement-breakpoint
CREATE INDEX `tasks_unaccepted` ON `tasks` (`answer_by`) WHERE accepted_at is null and closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_expansion` ON `tasks` (`book_id`,`expansion_key`);--> statement-breakpoint
CREATE INDEX `tasks_template` ON `tasks` (`template_id`);--> statement-breakpoint
CREATE INDEX `tasks_carried` ON `tasks` (`carried_into_id`);--> statement-breakpoint
CREATE INDEX `tasks_subject` ON `tasks` (`subject`);--> statement-breakpoint
CREATE INDEX `tasks_list` ON `tasks` (`due_order`,`id`);--> statement-breakpoint
CREATE INDEX `tasks_unit` ON `tasks` (`unit_id`,`book_id`);--> statement-breakpoint
CREATE INDEX `tasks_body` ON `tasks` (`body_id`,`book_id`);--> statement-breakpoint
CREATE INDEX `body_members_unit_role` ON `body_members` (`unit_id`,`role`);--> statement-breakpoint
UPDATE task_moves SET owing_unit_id = (SELECT m.unit_id FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('issue', 'reissue', 'reopen') AND m.unit_id IS NOT NULL ORDER BY m.sequence DESC LIMIT 1), reported_at = (SELECT m.at FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('report') ORDER BY m.sequence DESC LIMIT 1), state = (SELECT CASE WHEN m.kind IN ('issue', 'reissue', 'reopen') THEN 'issued' WHEN m.kind = 'report' THEN 'reported' WHEN m.kind = 'pass' THEN 'closed' WHEN m.kind = 'return' THEN 'returned' WHEN m.kind = 'suspend' THEN 'suspended' WHEN m.kind = 'cancel' THEN 'cancelled' ELSE 'accepted' END FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('issue', 'reissue', 'reopen', 'accept', 'return', 'uphold', 'report', 'pass', 'fail', 'suspend', 'resume', 'cancel') AND NOT EXISTS (SELECT 1 FROM task_moves u WHERE u.task_id = m.task_id AND u.undoes = m.sequence AND u.sequence <= task_moves.sequence) ORDER BY m.sequence DESC LIMIT 1);
