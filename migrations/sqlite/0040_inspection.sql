CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`series` text NOT NULL,
	`sequence` integer NOT NULL,
	`source` text NOT NULL,
	`task_id` text,
	`book_id` text NOT NULL,
	`round_id` text,
	`visit_id` text NOT NULL,
	`observation_id` text NOT NULL,
	`point_id` text,
	`standard_id` text NOT NULL,
	`standard_code` text NOT NULL,
	`zone_id` text NOT NULL,
	`district_code` text NOT NULL,
	`category` text,
	`severity` text NOT NULL,
	`unit_id` text NOT NULL,
	`answering_step` text NOT NULL,
	`found_by_user_id` text NOT NULL,
	`found_by_unit_id` text,
	`found_at` integer NOT NULL,
	`issued_without_pictures_at` integer,
	`recurrences` integer DEFAULT 0 NOT NULL,
	`recheck_visit_id` text,
	`recheck_outcome` text,
	`shift_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`book_id`) REFERENCES `books`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`point_id`) REFERENCES `points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`standard_id`) REFERENCES `standards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_sequence` ON `cases` (`series`,`sequence`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_task` ON `cases` (`task_id`);--> statement-breakpoint
CREATE INDEX `cases_waiting` ON `cases` (`created_at`) WHERE task_id is null;--> statement-breakpoint
CREATE INDEX `cases_round` ON `cases` (`round_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_again` ON `cases` (`point_id`,`standard_code`);--> statement-breakpoint
CREATE INDEX `cases_zone` ON `cases` (`zone_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`unit_id`,`id`);--> statement-breakpoint
CREATE INDEX `cases_visit` ON `cases` (`visit_id`);--> statement-breakpoint
CREATE INDEX `cases_recheck` ON `cases` (`recheck_visit_id`);--> statement-breakpoint
CREATE INDEX `cases_shift` ON `cases` (`shift_id`);--> statement-breakpoint
CREATE INDEX `cases_book` ON `cases` (`book_id`);--> statement-breakpoint
CREATE TABLE `points` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`zone_id` text NOT NULL,
	`point_class` text NOT NULL,
	`latitude` real,
	`longitude` real,
	`unit_id` text,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `points_code` ON `points` (`code`);--> statement-breakpoint
CREATE INDEX `points_zone` ON `points` (`zone_id`,`id`);--> statement-breakpoint
CREATE INDEX `points_class` ON `points` (`point_class`,`id`);--> statement-breakpoint
CREATE INDEX `points_unit` ON `points` (`unit_id`);--> statement-breakpoint
CREATE INDEX `points_search_name` ON `points` (`search_name`);--> statement-breakpoint
CREATE TABLE `ranking_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`ranking_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`district_code` text,
	`zone_id` text,
	`unit_id` text,
	`rank` integer,
	`unranked_because` text,
	`bracket` integer,
	`total` real,
	`field` real,
	`on_time_part` integer NOT NULL,
	`on_time_whole` integer NOT NULL,
	`points` integer NOT NULL,
	`figures` text,
	FOREIGN KEY (`ranking_id`) REFERENCES `rankings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ranking_lines_position` ON `ranking_lines` (`ranking_id`,`position`);--> statement-breakpoint
CREATE INDEX `ranking_lines_zone` ON `ranking_lines` (`zone_id`);--> statement-breakpoint
CREATE INDEX `ranking_lines_unit` ON `ranking_lines` (`unit_id`);--> statement-breakpoint
CREATE TABLE `rankings` (
	`id` text PRIMARY KEY NOT NULL,
	`month` text NOT NULL,
	`group` text NOT NULL,
	`issuer_unit_id` text NOT NULL,
	`round_ids` text NOT NULL,
	`spec` text NOT NULL,
	`seed` text NOT NULL,
	`cut_at` integer NOT NULL,
	`figures` text,
	`drafted_at` integer,
	`appealable_until` integer,
	`final_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`issuer_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rankings_month` ON `rankings` (`issuer_unit_id`,`month`,`group`);--> statement-breakpoint
CREATE INDEX `rankings_final` ON `rankings` (`final_at`,`id`);--> statement-breakpoint
CREATE TABLE `round_points` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`point_id` text NOT NULL,
	`code` text NOT NULL,
	`district_code` text NOT NULL,
	`point_class` text NOT NULL,
	`unseen_days` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`point_id`) REFERENCES `points`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `round_points_once` ON `round_points` (`round_id`,`point_id`);--> statement-breakpoint
CREATE INDEX `round_points_point` ON `round_points` (`point_id`);--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`year` integer NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`scheme_id` text NOT NULL,
	`issuer_unit_id` text NOT NULL,
	`campaign_id` text,
	`book_id` text,
	`opens_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`spec` text NOT NULL,
	`seed_commitment` text NOT NULL,
	`seed` text NOT NULL,
	`frame_digest` text,
	`draw_digest` text,
	`strata` text,
	`drawn_at` integer,
	`revealed_at` integer,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`scheme_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`issuer_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`book_id`) REFERENCES `books`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_number` ON `rounds` (`year`,`number`);--> statement-breakpoint
CREATE INDEX `rounds_issuer` ON `rounds` (`issuer_unit_id`,`id`);--> statement-breakpoint
CREATE INDEX `rounds_scheme` ON `rounds` (`scheme_id`);--> statement-breakpoint
CREATE INDEX `rounds_campaign` ON `rounds` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `rounds_book` ON `rounds` (`book_id`);--> statement-breakpoint
CREATE TABLE `schemes` (
	`id` text PRIMARY KEY NOT NULL,
	`series_id` text NOT NULL,
	`edition` integer NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`issuer_unit_id` text NOT NULL,
	`method` text NOT NULL,
	`scale` integer NOT NULL,
	`indicators` text NOT NULL,
	`supersedes_id` text,
	`published_at` integer,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`issuer_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`supersedes_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "schemes_scale" CHECK(scale > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `schemes_edition` ON `schemes` (`series_id`,`edition`);--> statement-breakpoint
CREATE INDEX `schemes_issuer` ON `schemes` (`issuer_unit_id`,`id`);--> statement-breakpoint
CREATE TABLE `standard_units` (
	`id` text PRIMARY KEY NOT NULL,
	`standard_id` text NOT NULL,
	`district_code` text NOT NULL,
	`unit_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`standard_id`) REFERENCES `standards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `standard_units_once` ON `standard_units` (`standard_id`,`district_code`,`unit_id`);--> statement-breakpoint
CREATE INDEX `standard_units_unit` ON `standard_units` (`unit_id`,`standard_id`);--> statement-breakpoint
CREATE TABLE `standards` (
	`id` text PRIMARY KEY NOT NULL,
	`scheme_id` text NOT NULL,
	`code` text NOT NULL,
	`position` integer NOT NULL,
	`point_class` text NOT NULL,
	`indicator` text,
	`text` text NOT NULL,
	`weight` real NOT NULL,
	`observations` integer NOT NULL,
	`answer` text NOT NULL,
	`thresholds` text,
	`may_not_apply` integer NOT NULL,
	`photo` text NOT NULL,
	`due_class` text,
	`severity` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`scheme_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "standards_weight" CHECK(weight > 0),
	CONSTRAINT "standards_observations" CHECK(observations >= 1),
	CONSTRAINT "standards_thresholds" CHECK((answer = 'count') = (thresholds is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `standards_code` ON `standards` (`scheme_id`,`code`);--> statement-breakpoint
CREATE INDEX `standards_position` ON `standards` (`scheme_id`,`position`);--> statement-breakpoint
CREATE INDEX `standards_class` ON `standards` (`scheme_id`,`point_class`);--> statement-breakpoint
CREATE TABLE `observations` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`standard_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`answer` text NOT NULL,
	`count` integer,
	`score` real,
	`note` text,
	`picture_ids` text NOT NULL,
	`case_id` text,
	`superseded_by_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`standard_id`) REFERENCES `standards`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`superseded_by_id`) REFERENCES `observations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `observations_live` ON `observations` (`visit_id`,`standard_id`,`sequence`) WHERE superseded_by_id is null;--> statement-breakpoint
CREATE INDEX `observations_standard` ON `observations` (`standard_id`,`visit_id`);--> statement-breakpoint
CREATE INDEX `observations_case` ON `observations` (`case_id`);--> statement-breakpoint
CREATE TABLE `visit_uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`operation_id` text NOT NULL,
	`user_id` text NOT NULL,
	`visit_id` text,
	`body` text NOT NULL,
	`refused` text NOT NULL,
	`settled_at` integer,
	`settled_by_user_id` text,
	`settled_note` text,
	`received_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visit_uploads_operation` ON `visit_uploads` (`operation_id`);--> statement-breakpoint
CREATE INDEX `visit_uploads_user` ON `visit_uploads` (`user_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `visit_uploads_visit` ON `visit_uploads` (`visit_id`);--> statement-breakpoint
CREATE INDEX `visit_uploads_open` ON `visit_uploads` (`id`) WHERE settled_at is null;--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text,
	`scheme_id` text NOT NULL,
	`point_id` text,
	`zone_id` text NOT NULL,
	`district_code` text NOT NULL,
	`point_class` text,
	`role` text NOT NULL,
	`attempt` integer NOT NULL,
	`draw_order` integer,
	`inclusion` real,
	`inspector_user_id` text,
	`inspector_unit_id` text,
	`opens_at` integer,
	`started_at` integer,
	`ended_at` integer,
	`received_at` integer,
	`after_closure` integer DEFAULT false NOT NULL,
	`place` text,
	`balanced_earned` real,
	`balanced_possible` real,
	`pooled_earned` real,
	`pooled_possible` real,
	`valid` integer,
	`not_applicable` integer,
	`unseen` integer,
	`rescored_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`scheme_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`point_id`) REFERENCES `points`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inspector_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inspector_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "visits_place" CHECK(point_id is not null or role = 'patrol')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visits_once` ON `visits` (`round_id`,`point_id`,`role`,`attempt`);--> statement-breakpoint
CREATE INDEX `visits_round` ON `visits` (`round_id`,`district_code`,`point_class`,`id`);--> statement-breakpoint
CREATE INDEX `visits_inspector` ON `visits` (`inspector_user_id`,`opens_at`);--> statement-breakpoint
CREATE INDEX `visits_point` ON `visits` (`point_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `visits_received` ON `visits` (`received_at`);--> statement-breakpoint
CREATE INDEX `visits_zone` ON `visits` (`zone_id`);