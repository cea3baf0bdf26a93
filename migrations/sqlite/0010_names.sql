DROP INDEX `persons_merged_into`;--> statement-breakpoint
CREATE INDEX `persons_merged_into` ON `persons` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint
UPDATE jobs SET key = replace(key, '-', '_') WHERE key = kind;--> statement-breakpoint
UPDATE jobs SET kind = replace(kind, '-', '_');--> statement-breakpoint
UPDATE messages SET kind = replace(kind, '-', '_') WHERE kind LIKE '%-%';--> statement-breakpoint
UPDATE templates SET kind = replace(kind, '-', '_');--> statement-breakpoint
UPDATE imports SET reach = replace(replace(replace(reach, '"unitPaths":', '"paths":'), '"districtCodes":', '"codes":'), '"teamIds":', '"ids":');