ALTER TABLE `task_moves` ADD `provisional` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `provisional` integer DEFAULT false NOT NULL;