CREATE TABLE `workday_years` (
	`year` integer PRIMARY KEY NOT NULL,
	`rest_days` text NOT NULL,
	`make_up_workdays` text NOT NULL,
	`source` text NOT NULL,
	`published_on` text NOT NULL,
	`version` integer NOT NULL,
	`entered_at` integer NOT NULL
);
