CREATE TABLE `idempotent_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`rights_hash` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `idempotent_answers_once` ON `idempotent_answers` (`scope`,`key`);--> statement-breakpoint
CREATE INDEX `idempotent_answers_created` ON `idempotent_answers` (`created_at`);--> statement-breakpoint
ALTER TABLE `persons` ADD `particulars` text;--> statement-breakpoint
ALTER TABLE `persons` ADD `birth_year` integer;--> statement-breakpoint
ALTER TABLE `persons` ADD `adult` integer;--> statement-breakpoint
CREATE INDEX `persons_not_adult` ON `persons` (`birth_year`) WHERE adult = false;--> statement-breakpoint
-- step: seal_particulars