CREATE TABLE `disclosures` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text,
	`event_id` text,
	`reason` text NOT NULL,
	`explanation` text NOT NULL,
	`hours` integer NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`approved` integer,
	`refusal` text,
	`expires_at` integer NOT NULL,
	`revoked_by` text,
	`revoked_at` integer,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revoked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "disclosures_scope" CHECK((team_id is null) <> (event_id is null)),
	CONSTRAINT "disclosures_hours" CHECK(hours between 1 and 4)
);
--> statement-breakpoint
CREATE INDEX `disclosures_requested` ON `disclosures` (`requested_by`,`requested_at`);--> statement-breakpoint
CREATE INDEX `disclosures_team` ON `disclosures` (`team_id`);--> statement-breakpoint
CREATE INDEX `disclosures_event` ON `disclosures` (`event_id`);--> statement-breakpoint
CREATE TABLE `emergencies` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`what` text NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`opened_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `emergencies_assignment` ON `emergencies` (`assignment_id`);