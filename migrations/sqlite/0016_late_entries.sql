CREATE TABLE `late_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`event_id` text NOT NULL,
	`act_id` text NOT NULL,
	`origin` text NOT NULL,
	`asked_by_user_id` text,
	`asked_at` integer NOT NULL,
	`arrived_at` integer NOT NULL,
	`left_at` integer NOT NULL,
	`reason` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`climbs_on` text,
	`climbs_at` integer,
	`climb_provisional` integer DEFAULT false NOT NULL,
	`decided_at` integer,
	`decided_by_user_id` text,
	`approved` integer,
	`decision_reason` text,
	`drawn_at` integer,
	`reviewed_at` integer,
	`reviewed_by_user_id` text,
	`upheld` integer,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `late_entries_pending` ON `late_entries` (`assignment_id`) WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX `late_entries_by_event` ON `late_entries` (`event_id`,`id`);--> statement-breakpoint
CREATE INDEX `late_entries_by_assignment` ON `late_entries` (`assignment_id`);--> statement-breakpoint
CREATE INDEX `late_entries_climbing` ON `late_entries` (`climbs_at`) WHERE decided_at is null;--> statement-breakpoint
CREATE TABLE `roll_passes` (
	`id` text PRIMARY KEY NOT NULL,
	`shift_id` text NOT NULL,
	`team_id` text,
	`token_hash` text NOT NULL,
	`issued_by_user_id` text NOT NULL,
	`issued_at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_by_user_id` text,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_passes_token` ON `roll_passes` (`token_hash`);--> statement-breakpoint
CREATE INDEX `roll_passes_by_shift` ON `roll_passes` (`shift_id`,`id`);