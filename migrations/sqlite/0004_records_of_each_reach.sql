DROP INDEX `unit_aliases_unit`;--> statement-breakpoint
DROP INDEX `unit_aliases_search_alias`;--> statement-breakpoint
CREATE UNIQUE INDEX `unit_aliases_once` ON `unit_aliases` (`unit_id`,`search_alias`);--> statement-breakpoint
CREATE INDEX `unit_aliases_search_alias` ON `unit_aliases` (`search_alias`);--> statement-breakpoint
DROP INDEX `persons_identity_index`;--> statement-breakpoint
CREATE INDEX `persons_identity_index` ON `persons` (`identity_index`);--> statement-breakpoint
ALTER TABLE `imports` ADD `remarks` text;