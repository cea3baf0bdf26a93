ALTER TABLE `jobs` ADD `about` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `interruptions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_about` ON `jobs` (`about`) WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX `jobs_dead` ON `jobs` (`kind`) WHERE state = 'dead';