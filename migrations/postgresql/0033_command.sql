CREATE TABLE "body_members" (
	"id" text PRIMARY KEY NOT NULL,
	"body_id" text NOT NULL,
	"role" text NOT NULL,
	"unit_id" text,
	"person_id" text,
	"district_code" text,
	"since" date NOT NULL,
	"left_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "body_members_who" CHECK ((case when unit_id is null then 0 else 1 end) + (case when person_id is null then 0 else 1 end) + (case when district_code is null then 0 else 1 end) = 1)
);
--> statement-breakpoint
CREATE TABLE "books" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"search_title" text NOT NULL,
	"document_number" text,
	"issuer_unit_id" text NOT NULL,
	"body_id" text,
	"check_unit_id" text,
	"campaign_id" text,
	"zone_id" text,
	"published_at" timestamptz(3),
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_moves" (
	"id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by_user_id" text,
	"by_unit_id" text,
	"operation_id" text NOT NULL,
	"reason" text,
	"due_at" timestamptz(3),
	"answer_by" timestamptz(3),
	"until" timestamptz(3),
	"unit_id" text,
	"amount" integer,
	"undoes" integer,
	"attempt" integer NOT NULL,
	"cycle" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_units" (
	"id" text PRIMARY KEY NOT NULL,
	"task_id" text NOT NULL,
	"unit_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"book_id" text NOT NULL,
	"kind" text NOT NULL,
	"outline" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"acceptance" text,
	"body_id" text,
	"leader_person_id" text,
	"zone_id" text,
	"after_id" text,
	"due_kind" text NOT NULL,
	"due_class" text,
	"due_on" date,
	"target" integer,
	"measure" text,
	"unit_id" text NOT NULL,
	"amount" integer,
	"issued_at" timestamptz(3),
	"answer_by" timestamptz(3),
	"accepted_at" timestamptz(3),
	"returned_at" timestamptz(3),
	"upheld_at" timestamptz(3),
	"reported_at" timestamptz(3),
	"closed_at" timestamptz(3),
	"suspended_at" timestamptz(3),
	"suspended_until" timestamptz(3),
	"cancelled_at" timestamptz(3),
	"first_due_at" timestamptz(3),
	"due_at" timestamptz(3),
	"due_order" timestamptz(3) NOT NULL,
	"asked" text,
	"asked_until" timestamptz(3),
	"attempts" integer DEFAULT 0 NOT NULL,
	"extensions" integer DEFAULT 0 NOT NULL,
	"cycle" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "tasks_due_dated" CHECK (due_at is null or due_kind = 'dated'),
	CONSTRAINT "tasks_due_issued" CHECK (due_kind <> 'dated' or issued_at is null or due_at is not null),
	CONSTRAINT "tasks_due_terms" CHECK ((due_kind = 'dated') = ((due_class is null) <> (due_on is null))),
	CONSTRAINT "tasks_one_end" CHECK (closed_at is null or cancelled_at is null)
);
--> statement-breakpoint
CREATE TABLE "working_bodies" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"number" integer,
	"name" text NOT NULL,
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "unit_id" text;--> statement-breakpoint
ALTER TABLE "body_members" ADD CONSTRAINT "body_members_body_id_working_bodies_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."working_bodies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "body_members" ADD CONSTRAINT "body_members_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "body_members" ADD CONSTRAINT "body_members_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_issuer_unit_id_units_id_fk" FOREIGN KEY ("issuer_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_body_id_working_bodies_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."working_bodies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_check_unit_id_units_id_fk" FOREIGN KEY ("check_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_by_user_id_users_id_fk" FOREIGN KEY ("by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_by_unit_id_units_id_fk" FOREIGN KEY ("by_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_units" ADD CONSTRAINT "task_units_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_units" ADD CONSTRAINT "task_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_book_id_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_body_id_working_bodies_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."working_bodies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_leader_person_id_persons_id_fk" FOREIGN KEY ("leader_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_after_id_tasks_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "body_members_body" ON "body_members" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "body_members_person" ON "body_members" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "body_members_unit" ON "body_members" USING btree ("body_id","role","unit_id") WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "body_members_live_person" ON "body_members" USING btree ("body_id","role","person_id") WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "body_members_district" ON "body_members" USING btree ("body_id","role","district_code") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "books_issuer" ON "books" USING btree ("issuer_unit_id","id");--> statement-breakpoint
CREATE INDEX "books_campaign" ON "books" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "books_search_title" ON "books" USING btree ("search_title");--> statement-breakpoint
CREATE UNIQUE INDEX "task_moves_sequence" ON "task_moves" USING btree ("task_id","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "task_moves_operation" ON "task_moves" USING btree ("task_id","operation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "task_units_once" ON "task_units" USING btree ("task_id","unit_id");--> statement-breakpoint
CREATE INDEX "task_units_unit" ON "task_units" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_outline" ON "tasks" USING btree ("book_id","outline");--> statement-breakpoint
CREATE INDEX "tasks_position" ON "tasks" USING btree ("book_id","position");--> statement-breakpoint
CREATE INDEX "tasks_owed" ON "tasks" USING btree ("unit_id","due_order","id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("due_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "tasks_suspended" ON "tasks" USING btree ("suspended_until") WHERE suspended_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_returned" ON "tasks" USING btree ("returned_at") WHERE returned_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_after" ON "tasks" USING btree ("after_id");--> statement-breakpoint
CREATE INDEX "tasks_leader" ON "tasks" USING btree ("leader_person_id");--> statement-breakpoint
CREATE INDEX "tasks_zone" ON "tasks" USING btree ("zone_id");--> statement-breakpoint
CREATE UNIQUE INDEX "working_bodies_number" ON "working_bodies" USING btree ("kind","number") WHERE closed_at is null;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;