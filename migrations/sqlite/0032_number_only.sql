ALTER TABLE `quotas` ADD `count_only` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `quotas` ADD `due_on` text;