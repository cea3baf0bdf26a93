ALTER TABLE `imports` ADD `adds` text;--> statement-breakpoint
ALTER TABLE `imports` ADD `sheet_counts` text;