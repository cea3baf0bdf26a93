CREATE TABLE "number_tries" (
	"id" text PRIMARY KEY NOT NULL,
	"period" text NOT NULL,
	"spender" text NOT NULL,
	"subject" text NOT NULL,
	"number" text NOT NULL,
	"slot" integer NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "number_tries_once" ON "number_tries" USING btree ("spender","subject","period","number");--> statement-breakpoint
CREATE UNIQUE INDEX "number_tries_slot" ON "number_tries" USING btree ("spender","subject","period","slot");--> statement-breakpoint
CREATE INDEX "number_tries_at" ON "number_tries" USING btree ("at");