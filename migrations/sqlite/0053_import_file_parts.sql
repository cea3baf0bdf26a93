CREATE TABLE `import_file_parts` (
	`id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`content` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_file_parts_ordinal` ON `import_file_parts` (`file_id`,`ordinal`);--> statement-breakpoint
ALTER TABLE `import_files` ADD `parts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
INSERT INTO `import_file_parts` (`id`, `file_id`, `ordinal`, `content`, `created_at`) SELECT `f`.`id`, `f`.`id`, 0, `f`.`content`, `i`.`created_at` FROM `import_files` `f` JOIN `imports` `i` ON `i`.`id` = `f`.`import_id` WHERE `f`.`content` IS NOT NULL;--> statement-breakpoint
UPDATE `import_files` SET `parts` = 1 WHERE `content` IS NOT NULL;
