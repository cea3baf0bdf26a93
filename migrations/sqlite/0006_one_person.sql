ALTER TABLE `participations` ADD `joined_into_id` text REFERENCES participations(id);--> statement-breakpoint
CREATE INDEX `participations_joined` ON `participations` (`joined_into_id`) WHERE joined_into_id is not null;--> statement-breakpoint
ALTER TABLE `merges` ADD `moved` text;