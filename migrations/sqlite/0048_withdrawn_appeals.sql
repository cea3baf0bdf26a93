DROP INDEX `appeals_once`;--> statement-breakpoint
CREATE INDEX `appeals_ranking` ON `appeals` (`ranking_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_once` ON `appeals` (`ranking_id`,`observation_id`) WHERE outcome is null or outcome <> 'withdrawn';