CREATE TABLE "appeals" (
	"id" text PRIMARY KEY NOT NULL,
	"ranking_id" text NOT NULL,
	"task_id" text NOT NULL,
	"visit_id" text NOT NULL,
	"observation_id" text NOT NULL,
	"answer" text NOT NULL,
	"count" integer,
	"outcome" text,
	"decided_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
DROP INDEX "rankings_final";--> statement-breakpoint
ALTER TABLE "ranking_lines" ADD COLUMN "last" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rankings" ADD COLUMN "outdated_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "rankings" ADD COLUMN "appeals_book_id" text;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_ranking_id_rankings_id_fk" FOREIGN KEY ("ranking_id") REFERENCES "public"."rankings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_observation_id_observations_id_fk" FOREIGN KEY ("observation_id") REFERENCES "public"."observations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_once" ON "appeals" USING btree ("ranking_id","observation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_task" ON "appeals" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "appeals_visit" ON "appeals" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "appeals_observation" ON "appeals" USING btree ("observation_id");--> statement-breakpoint
CREATE INDEX "appeals_open" ON "appeals" USING btree ("ranking_id") WHERE decided_at is null;--> statement-breakpoint
ALTER TABLE "rankings" ADD CONSTRAINT "rankings_appeals_book_id_books_id_fk" FOREIGN KEY ("appeals_book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rankings_list" ON "rankings" USING btree ("month","id");--> statement-breakpoint
CREATE INDEX "rankings_book" ON "rankings" USING btree ("appeals_book_id");