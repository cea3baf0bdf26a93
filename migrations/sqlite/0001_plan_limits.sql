ALTER TABLE `plan_runs` ADD `hours_per_week` real;--> statement-breakpoint
ALTER TABLE `plan_runs` ADD `rest_minutes` integer;