ALTER TABLE `zones` ADD `split_from_id` text REFERENCES zones(id);--> statement-breakpoint
CREATE INDEX `zones_split_from` ON `zones` (`split_from_id`) WHERE split_from_id is not null;