CREATE TABLE `body_members` (
	`id` text PRIMARY KEY NOT NULL,
	`body_id` text NOT NULL,
	`role` text NOT NULL,
	`unit_id` text,
	`person_id` text,
	`district_code` text,
	`since` text NOT NULL,
	`left_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`body_id`) REFERENCES `working_bodies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "body_members_who" CHECK((case when unit_id is null then 0 else 1 end) + (case when person_id is null then 0 else 1 end) + (case when district_code is null then 0 else 1 end) = 1)
);
--> statement-breakpoint
CREATE INDEX `body_members_body` ON `body_members` (`body_id`);--> statement-breakpoint
CREATE INDEX `body_members_person` ON `body_members` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `body_members_unit` ON `body_members` (`body_id`,`role`,`unit_id`) WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `body_members_live_person` ON `body_members` (`body_id`,`role`,`person_id`) WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `body_members_district` ON `body_members` (`body_id`,`role`,`district_code`) WHERE left_at is null;--> statement-breakpoint
CREATE TABLE `books` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`search_title` text NOT NULL,
	`document_number` text,
	`issuer_unit_id` text NOT NULL,
	`body_id` text,
	`check_unit_id` text,
	`campaign_id` text,
	`zone_id` text,
	`published_at` integer,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`issuer_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`body_id`) REFERENCES `working_bodies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`check_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `books_issuer` ON `books` (`issuer_unit_id`,`id`);--> statement-breakpoint
CREATE INDEX `books_campaign` ON `books` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `books_search_title` ON `books` (`search_title`);--> statement-breakpoint
CREATE TABLE `task_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`task_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`by_user_id` text,
	`by_unit_id` text,
	`operation_id` text NOT NULL,
	`reason` text,
	`due_at` integer,
	`answer_by` integer,
	`until` integer,
	`unit_id` text,
	`amount` integer,
	`undoes` integer,
	`attempt` integer NOT NULL,
	`cycle` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_moves_sequence` ON `task_moves` (`task_id`,`sequence`);--> statement-breakpoint
CREATE UNIQUE INDEX `task_moves_operation` ON `task_moves` (`task_id`,`operation_id`);--> statement-breakpoint
CREATE TABLE `task_units` (
	`id` text PRIMARY KEY NOT NULL,
	`task_id` text NOT NULL,
	`unit_id` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_units_once` ON `task_units` (`task_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `task_units_unit` ON `task_units` (`unit_id`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`book_id` text NOT NULL,
	`kind` text NOT NULL,
	`outline` text NOT NULL,
	`position` integer NOT NULL,
	`text` text NOT NULL,
	`acceptance` text,
	`body_id` text,
	`leader_person_id` text,
	`zone_id` text,
	`after_id` text,
	`due_kind` text NOT NULL,
	`due_class` text,
	`due_on` text,
	`target` integer,
	`measure` text,
	`unit_id` text NOT NULL,
	`amount` integer,
	`issued_at` integer,
	`answer_by` integer,
	`accepted_at` integer,
	`returned_at` integer,
	`upheld_at` integer,
	`reported_at` integer,
	`closed_at` integer,
	`suspended_at` integer,
	`suspended_until` integer,
	`cancelled_at` integer,
	`first_due_at` integer,
	`due_at` integer,
	`due_order` integer NOT NULL,
	`asked` text,
	`asked_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`extensions` integer DEFAULT 0 NOT NULL,
	`cycle` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`book_id`) REFERENCES `books`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`body_id`) REFERENCES `working_bodies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leader_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`after_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tasks_due_dated" CHECK(due_at is null or due_kind = 'dated'),
	CONSTRAINT "tasks_due_issued" CHECK(due_kind <> 'dated' or issued_at is null or due_at is not null),
	CONSTRAINT "tasks_due_terms" CHECK((due_kind = 'dated') = ((due_class is null) <> (due_on is null))),
	CONSTRAINT "tasks_one_end" CHECK(closed_at is null or cancelled_at is null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_outline` ON `tasks` (`book_id`,`outline`);--> statement-breakpoint
CREATE INDEX `tasks_position` ON `tasks` (`book_id`,`position`);--> statement-breakpoint
CREATE INDEX `tasks_owed` ON `tasks` (`unit_id`,`due_order`,`id`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `tasks_due` ON `tasks` (`due_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `tasks_suspended` ON `tasks` (`suspended_until`) WHERE suspended_at is not null;--> statement-breakpoint
CREATE INDEX `tasks_returned` ON `tasks` (`returned_at`) WHERE returned_at is not null;--> statement-breakpoint
CREATE INDEX `tasks_after` ON `tasks` (`after_id`);--> statement-breakpoint
CREATE INDEX `tasks_leader` ON `tasks` (`leader_person_id`);--> statement-breakpoint
CREATE INDEX `tasks_zone` ON `tasks` (`zone_id`);--> statement-breakpoint
CREATE TABLE `working_bodies` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`number` integer,
	`name` text NOT NULL,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `working_bodies_number` ON `working_bodies` (`kind`,`number`) WHERE closed_at is null;--> statement-breakpoint
ALTER TABLE `users` ADD `unit_id` text REFERENCES units(id);