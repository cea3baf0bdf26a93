CREATE TABLE "workday_years" (
	"year" integer PRIMARY KEY NOT NULL,
	"rest_days" jsonb NOT NULL,
	"make_up_workdays" jsonb NOT NULL,
	"source" text NOT NULL,
	"published_on" date NOT NULL,
	"version" integer NOT NULL,
	"entered_at" timestamptz(3) NOT NULL
);
