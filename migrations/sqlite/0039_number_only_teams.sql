CREATE TABLE `number_only_teams` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`team_id` text NOT NULL,
	`answered_by_user_id` text NOT NULL,
	`answered_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `number_only_teams_once` ON `number_only_teams` (`event_id`,`team_id`);--> statement-breakpoint
CREATE INDEX `number_only_teams_by_team` ON `number_only_teams` (`team_id`);