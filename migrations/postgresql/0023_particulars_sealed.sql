DROP TABLE "idempotency_keys" CASCADE;--> statement-breakpoint
ALTER TABLE "persons" DROP COLUMN "birth_date";--> statement-breakpoint
ALTER TABLE "persons" DROP COLUMN "residence";