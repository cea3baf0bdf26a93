CREATE TABLE `attentions` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`raised_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attentions_open` ON `attentions` (`kind`,`subject`) WHERE "attentions"."acknowledged_at" is null;--> statement-breakpoint
CREATE INDEX `attentions_raised` ON `attentions` (`raised_at`,`id`);