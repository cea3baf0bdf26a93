ALTER TABLE `visit_uploads` ADD `patrol_id` text REFERENCES visits(id);--> statement-breakpoint
ALTER TABLE `visit_uploads` ADD `on_patrol` text;