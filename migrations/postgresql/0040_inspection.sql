CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"series" text NOT NULL,
	"sequence" integer NOT NULL,
	"source" text NOT NULL,
	"task_id" text,
	"book_id" text NOT NULL,
	"round_id" text,
	"visit_id" text NOT NULL,
	"observation_id" text NOT NULL,
	"point_id" text,
	"standard_id" text NOT NULL,
	"standard_code" text NOT NULL,
	"zone_id" text NOT NULL,
	"district_code" text NOT NULL,
	"category" text,
	"severity" text NOT NULL,
	"unit_id" text NOT NULL,
	"answering_step" text NOT NULL,
	"found_by_user_id" text NOT NULL,
	"found_by_unit_id" text,
	"found_at" timestamptz(3) NOT NULL,
	"issued_without_pictures_at" timestamptz(3),
	"recurrences" integer DEFAULT 0 NOT NULL,
	"recheck_visit_id" text,
	"recheck_outcome" text,
	"shift_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "points" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"zone_id" text NOT NULL,
	"point_class" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"unit_id" text,
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ranking_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"ranking_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"district_code" text,
	"zone_id" text,
	"unit_id" text,
	"rank" integer,
	"unranked_because" text,
	"bracket" integer,
	"total" double precision,
	"field" double precision,
	"on_time_part" integer NOT NULL,
	"on_time_whole" integer NOT NULL,
	"points" integer NOT NULL,
	"figures" jsonb
);
--> statement-breakpoint
CREATE TABLE "rankings" (
	"id" text PRIMARY KEY NOT NULL,
	"month" text NOT NULL,
	"group" text NOT NULL,
	"issuer_unit_id" text NOT NULL,
	"round_ids" jsonb NOT NULL,
	"spec" jsonb NOT NULL,
	"seed" text NOT NULL,
	"cut_at" timestamptz(3) NOT NULL,
	"figures" jsonb,
	"drafted_at" timestamptz(3),
	"appealable_until" timestamptz(3),
	"final_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "round_points" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"point_id" text NOT NULL,
	"code" text NOT NULL,
	"district_code" text NOT NULL,
	"point_class" text NOT NULL,
	"unseen_days" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"scheme_id" text NOT NULL,
	"issuer_unit_id" text NOT NULL,
	"campaign_id" text,
	"book_id" text,
	"opens_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3) NOT NULL,
	"spec" jsonb NOT NULL,
	"seed_commitment" text NOT NULL,
	"seed" text NOT NULL,
	"frame_digest" text,
	"draw_digest" text,
	"strata" jsonb,
	"drawn_at" timestamptz(3),
	"revealed_at" timestamptz(3),
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schemes" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"edition" integer NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"issuer_unit_id" text NOT NULL,
	"method" text NOT NULL,
	"scale" integer NOT NULL,
	"indicators" jsonb NOT NULL,
	"supersedes_id" text,
	"published_at" timestamptz(3),
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "schemes_scale" CHECK (scale > 0)
);
--> statement-breakpoint
CREATE TABLE "standard_units" (
	"id" text PRIMARY KEY NOT NULL,
	"standard_id" text NOT NULL,
	"district_code" text NOT NULL,
	"unit_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standards" (
	"id" text PRIMARY KEY NOT NULL,
	"scheme_id" text NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"point_class" text NOT NULL,
	"indicator" text,
	"text" text NOT NULL,
	"weight" double precision NOT NULL,
	"observations" integer NOT NULL,
	"answer" text NOT NULL,
	"thresholds" jsonb,
	"may_not_apply" boolean NOT NULL,
	"photo" text NOT NULL,
	"due_class" text,
	"severity" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "standards_weight" CHECK (weight > 0),
	CONSTRAINT "standards_observations" CHECK (observations >= 1),
	CONSTRAINT "standards_thresholds" CHECK ((answer = 'count') = (thresholds is not null))
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"id" text PRIMARY KEY NOT NULL,
	"visit_id" text NOT NULL,
	"standard_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"answer" text NOT NULL,
	"count" integer,
	"score" double precision,
	"note" text,
	"picture_ids" jsonb NOT NULL,
	"case_id" text,
	"superseded_by_id" text,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"operation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"visit_id" text,
	"body" jsonb NOT NULL,
	"refused" jsonb NOT NULL,
	"settled_at" timestamptz(3),
	"settled_by_user_id" text,
	"settled_note" text,
	"received_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text,
	"scheme_id" text NOT NULL,
	"point_id" text,
	"zone_id" text NOT NULL,
	"district_code" text NOT NULL,
	"point_class" text,
	"role" text NOT NULL,
	"attempt" integer NOT NULL,
	"draw_order" integer,
	"inclusion" double precision,
	"inspector_user_id" text,
	"inspector_unit_id" text,
	"opens_at" timestamptz(3),
	"started_at" timestamptz(3),
	"ended_at" timestamptz(3),
	"received_at" timestamptz(3),
	"after_closure" boolean DEFAULT false NOT NULL,
	"place" text,
	"balanced_earned" double precision,
	"balanced_possible" double precision,
	"pooled_earned" double precision,
	"pooled_possible" double precision,
	"valid" integer,
	"not_applicable" integer,
	"unseen" integer,
	"rescored_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "visits_place" CHECK (point_id is not null or role = 'patrol')
);
--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_book_id_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_point_id_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_standard_id_standards_id_fk" FOREIGN KEY ("standard_id") REFERENCES "public"."standards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_found_by_user_id_users_id_fk" FOREIGN KEY ("found_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_found_by_unit_id_units_id_fk" FOREIGN KEY ("found_by_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "points" ADD CONSTRAINT "points_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking_lines" ADD CONSTRAINT "ranking_lines_ranking_id_rankings_id_fk" FOREIGN KEY ("ranking_id") REFERENCES "public"."rankings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking_lines" ADD CONSTRAINT "ranking_lines_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking_lines" ADD CONSTRAINT "ranking_lines_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rankings" ADD CONSTRAINT "rankings_issuer_unit_id_units_id_fk" FOREIGN KEY ("issuer_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_points" ADD CONSTRAINT "round_points_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_points" ADD CONSTRAINT "round_points_point_id_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_scheme_id_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_issuer_unit_id_units_id_fk" FOREIGN KEY ("issuer_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_book_id_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schemes" ADD CONSTRAINT "schemes_issuer_unit_id_units_id_fk" FOREIGN KEY ("issuer_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schemes" ADD CONSTRAINT "schemes_supersedes_id_schemes_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_units" ADD CONSTRAINT "standard_units_standard_id_standards_id_fk" FOREIGN KEY ("standard_id") REFERENCES "public"."standards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standard_units" ADD CONSTRAINT "standard_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "standards" ADD CONSTRAINT "standards_scheme_id_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_standard_id_standards_id_fk" FOREIGN KEY ("standard_id") REFERENCES "public"."standards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_superseded_by_id_observations_id_fk" FOREIGN KEY ("superseded_by_id") REFERENCES "public"."observations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD CONSTRAINT "visit_uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD CONSTRAINT "visit_uploads_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_uploads" ADD CONSTRAINT "visit_uploads_settled_by_user_id_users_id_fk" FOREIGN KEY ("settled_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_scheme_id_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_point_id_points_id_fk" FOREIGN KEY ("point_id") REFERENCES "public"."points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_inspector_user_id_users_id_fk" FOREIGN KEY ("inspector_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_inspector_unit_id_units_id_fk" FOREIGN KEY ("inspector_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "cases" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_sequence" ON "cases" USING btree ("series","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_task" ON "cases" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "cases_waiting" ON "cases" USING btree ("created_at") WHERE task_id is null;--> statement-breakpoint
CREATE INDEX "cases_round" ON "cases" USING btree ("round_id","id");--> statement-breakpoint
CREATE INDEX "cases_again" ON "cases" USING btree ("point_id","standard_code");--> statement-breakpoint
CREATE INDEX "cases_zone" ON "cases" USING btree ("zone_id","id");--> statement-breakpoint
CREATE INDEX "cases_unit" ON "cases" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "cases_visit" ON "cases" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "cases_recheck" ON "cases" USING btree ("recheck_visit_id");--> statement-breakpoint
CREATE INDEX "cases_shift" ON "cases" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "cases_book" ON "cases" USING btree ("book_id");--> statement-breakpoint
CREATE UNIQUE INDEX "points_code" ON "points" USING btree ("code");--> statement-breakpoint
CREATE INDEX "points_zone" ON "points" USING btree ("zone_id","id");--> statement-breakpoint
CREATE INDEX "points_class" ON "points" USING btree ("point_class","id");--> statement-breakpoint
CREATE INDEX "points_unit" ON "points" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "points_search_name" ON "points" USING btree ("search_name");--> statement-breakpoint
CREATE UNIQUE INDEX "ranking_lines_position" ON "ranking_lines" USING btree ("ranking_id","position");--> statement-breakpoint
CREATE INDEX "ranking_lines_zone" ON "ranking_lines" USING btree ("zone_id");--> statement-breakpoint
CREATE INDEX "ranking_lines_unit" ON "ranking_lines" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rankings_month" ON "rankings" USING btree ("issuer_unit_id","month","group");--> statement-breakpoint
CREATE INDEX "rankings_final" ON "rankings" USING btree ("final_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "round_points_once" ON "round_points" USING btree ("round_id","point_id");--> statement-breakpoint
CREATE INDEX "round_points_point" ON "round_points" USING btree ("point_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rounds_number" ON "rounds" USING btree ("year","number");--> statement-breakpoint
CREATE INDEX "rounds_issuer" ON "rounds" USING btree ("issuer_unit_id","id");--> statement-breakpoint
CREATE INDEX "rounds_scheme" ON "rounds" USING btree ("scheme_id");--> statement-breakpoint
CREATE INDEX "rounds_campaign" ON "rounds" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "rounds_book" ON "rounds" USING btree ("book_id");--> statement-breakpoint
CREATE UNIQUE INDEX "schemes_edition" ON "schemes" USING btree ("series_id","edition");--> statement-breakpoint
CREATE INDEX "schemes_issuer" ON "schemes" USING btree ("issuer_unit_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "standard_units_once" ON "standard_units" USING btree ("standard_id","district_code","unit_id");--> statement-breakpoint
CREATE INDEX "standard_units_unit" ON "standard_units" USING btree ("unit_id","standard_id");--> statement-breakpoint
CREATE UNIQUE INDEX "standards_code" ON "standards" USING btree ("scheme_id","code");--> statement-breakpoint
CREATE INDEX "standards_position" ON "standards" USING btree ("scheme_id","position");--> statement-breakpoint
CREATE INDEX "standards_class" ON "standards" USING btree ("scheme_id","point_class");--> statement-breakpoint
CREATE UNIQUE INDEX "observations_live" ON "observations" USING btree ("visit_id","standard_id","sequence") WHERE superseded_by_id is null;--> statement-breakpoint
CREATE INDEX "observations_standard" ON "observations" USING btree ("standard_id","visit_id");--> statement-breakpoint
CREATE INDEX "observations_case" ON "observations" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_uploads_operation" ON "visit_uploads" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "visit_uploads_user" ON "visit_uploads" USING btree ("user_id","received_at");--> statement-breakpoint
CREATE INDEX "visit_uploads_visit" ON "visit_uploads" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "visit_uploads_open" ON "visit_uploads" USING btree ("id") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "visits_once" ON "visits" USING btree ("round_id","point_id","role","attempt");--> statement-breakpoint
CREATE INDEX "visits_round" ON "visits" USING btree ("round_id","district_code","point_class","id");--> statement-breakpoint
CREATE INDEX "visits_inspector" ON "visits" USING btree ("inspector_user_id","opens_at");--> statement-breakpoint
CREATE INDEX "visits_point" ON "visits" USING btree ("point_id","received_at");--> statement-breakpoint
CREATE INDEX "visits_received" ON "visits" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "visits_zone" ON "visits" USING btree ("zone_id");