CREATE TABLE "pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"stage" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"difference_hash" text NOT NULL,
	"part0" integer NOT NULL,
	"part1" integer NOT NULL,
	"part2" integer NOT NULL,
	"part3" integer NOT NULL,
	"part4" integer NOT NULL,
	"part5" integer NOT NULL,
	"claimed_at" timestamptz(3),
	"clock_offset_seconds" integer,
	"place" text NOT NULL,
	"flags" text NOT NULL,
	"like_id" text,
	"by_user_id" text NOT NULL,
	"hidden_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task_templates" (
	"id" text PRIMARY KEY NOT NULL,
	"book_id" text NOT NULL,
	"kind" text NOT NULL,
	"outline" text NOT NULL,
	"text" text NOT NULL,
	"acceptance" text,
	"body_id" text,
	"scope" text NOT NULL,
	"within" jsonb NOT NULL,
	"cadence" text NOT NULL,
	"due_day" text,
	"due_class" text,
	"due_on" date,
	"target" integer,
	"measure" text,
	"ended_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "books" ADD COLUMN "supersedes_id" text;--> statement-breakpoint
ALTER TABLE "books" ADD COLUMN "figures" jsonb;--> statement-breakpoint
ALTER TABLE "task_moves" ADD COLUMN "into_id" text;--> statement-breakpoint
ALTER TABLE "task_moves" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "task_moves" ADD COLUMN "asked" text;--> statement-breakpoint
ALTER TABLE "task_moves" ADD COLUMN "reported_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "task_moves" ADD COLUMN "owing_unit_id" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "found_by_user_id" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "found_by_unit_id" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "template_id" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "expansion_key" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "disputed_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "disputes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "false_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "carried_into_id" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "awarded_until" timestamptz(3);--> statement-breakpoint
ALTER TABLE "task_templates" ADD CONSTRAINT "task_templates_book_id_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_templates" ADD CONSTRAINT "task_templates_body_id_working_bodies_id_fk" FOREIGN KEY ("body_id") REFERENCES "public"."working_bodies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pictures_subject" ON "pictures" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "pictures_file" ON "pictures" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "pictures_part0" ON "pictures" USING btree ("part0");--> statement-breakpoint
CREATE INDEX "pictures_part1" ON "pictures" USING btree ("part1");--> statement-breakpoint
CREATE INDEX "pictures_part2" ON "pictures" USING btree ("part2");--> statement-breakpoint
CREATE INDEX "pictures_part3" ON "pictures" USING btree ("part3");--> statement-breakpoint
CREATE INDEX "pictures_part4" ON "pictures" USING btree ("part4");--> statement-breakpoint
CREATE INDEX "pictures_part5" ON "pictures" USING btree ("part5");--> statement-breakpoint
CREATE INDEX "task_templates_book" ON "task_templates" USING btree ("book_id","id");--> statement-breakpoint
CREATE INDEX "task_templates_recurring" ON "task_templates" USING btree ("cadence") WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_supersedes_id_books_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_into_id_tasks_id_fk" FOREIGN KEY ("into_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_owing_unit_id_units_id_fk" FOREIGN KEY ("owing_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_found_by_user_id_users_id_fk" FOREIGN KEY ("found_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_found_by_unit_id_units_id_fk" FOREIGN KEY ("found_by_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_template_id_task_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."task_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_carried_into_id_tasks_id_fk" FOREIGN KEY ("carried_into_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "body_members_unit_role" ON "body_members" USING btree ("unit_id","role");--> statement-breakpoint
CREATE INDEX "books_check_unit" ON "books" USING btree ("check_unit_id");--> statement-breakpoint
CREATE INDEX "books_body" ON "books" USING btree ("body_id");--> statement-breakpoint
CREATE INDEX "task_moves_passes" ON "task_moves" USING btree ("by_unit_id","owing_unit_id") WHERE kind = 'pass';--> statement-breakpoint
CREATE INDEX "task_moves_at" ON "task_moves" USING btree ("task_id","at","sequence","kind");--> statement-breakpoint
CREATE INDEX "tasks_unaccepted" ON "tasks" USING btree ("answer_by") WHERE accepted_at is null and closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_expansion" ON "tasks" USING btree ("book_id","expansion_key");--> statement-breakpoint
CREATE INDEX "tasks_template" ON "tasks" USING btree ("template_id");--> statement-breakpoint
CREATE INDEX "tasks_carried" ON "tasks" USING btree ("carried_into_id");--> statement-breakpoint
CREATE INDEX "tasks_subject" ON "tasks" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "tasks_list" ON "tasks" USING btree ("due_order","id");--> statement-breakpoint
CREATE INDEX "tasks_unit" ON "tasks" USING btree ("unit_id","book_id");--> statement-breakpoint
CREATE INDEX "tasks_body" ON "tasks" USING btree ("body_id","book_id");--> statement-breakpoint
UPDATE task_moves SET owing_unit_id = (SELECT m.unit_id FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('issue', 'reissue', 'reopen') AND m.unit_id IS NOT NULL ORDER BY m.sequence DESC LIMIT 1), reported_at = (SELECT m.at FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('report') ORDER BY m.sequence DESC LIMIT 1), state = (SELECT CASE WHEN m.kind IN ('issue', 'reissue', 'reopen') THEN 'issued' WHEN m.kind = 'report' THEN 'reported' WHEN m.kind = 'pass' THEN 'closed' WHEN m.kind = 'return' THEN 'returned' WHEN m.kind = 'suspend' THEN 'suspended' WHEN m.kind = 'cancel' THEN 'cancelled' ELSE 'accepted' END FROM task_moves m WHERE m.task_id = task_moves.task_id AND m.sequence <= task_moves.sequence AND m.kind IN ('issue', 'reissue', 'reopen', 'accept', 'return', 'uphold', 'report', 'pass', 'fail', 'suspend', 'resume', 'cancel') AND NOT EXISTS (SELECT 1 FROM task_moves u WHERE u.task_id = m.task_id AND u.undoes = m.sequence AND u.sequence <= task_moves.sequence) ORDER BY m.sequence DESC LIMIT 1);
