CREATE TABLE "audit_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"address" text,
	"details" text NOT NULL,
	"number" bigint,
	"seal_key_id" text,
	"seal" text
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"id" integer PRIMARY KEY NOT NULL,
	"retired_number" bigint NOT NULL,
	"retired_seal" text NOT NULL,
	"number" bigint NOT NULL,
	"seal" text NOT NULL,
	"sealed_at" timestamptz(3) NOT NULL,
	"key_id" text NOT NULL,
	"mac" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "idempotency_keys_scope_key_pk" PRIMARY KEY("scope","key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text,
	"params" jsonb NOT NULL,
	"state" text NOT NULL,
	"run_at" timestamptz(3) NOT NULL,
	"claim" text,
	"lease_until" timestamptz(3),
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "activations" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"requested_by" text,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"used_at" timestamptz(3),
	"revoked_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"locked_until" timestamptz(3),
	"forget_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_codes" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"request_id" text NOT NULL,
	"code_hash" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"used_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "past_passwords" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"hash" text NOT NULL,
	"replaced_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"unit_id" text,
	"district_code" text,
	"team_id" text,
	"scope" text NOT NULL,
	"granted_by" text,
	"granted_at" timestamptz(3) NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"address" text,
	"user_agent" text,
	"created_at" timestamptz(3) NOT NULL,
	"last_seen_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"ended_because" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"login" text NOT NULL,
	"name" text NOT NULL,
	"person_id" text,
	"password_hash" text,
	"password_changed_at" timestamptz(3),
	"last_sign_in_at" timestamptz(3),
	"disabled_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attendance_operations" (
	"assignment_id" text NOT NULL,
	"operation_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"via" text NOT NULL,
	"by_user_id" text,
	CONSTRAINT "attendance_operations_assignment_id_operation_id_pk" PRIMARY KEY("assignment_id","operation_id")
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"id" text PRIMARY KEY NOT NULL,
	"assignment_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"check_in_at" timestamptz(3),
	"check_out_at" timestamptz(3),
	"timing" text NOT NULL,
	"minutes" integer,
	"grade" text NOT NULL,
	"via" text NOT NULL,
	"position_judgement" text NOT NULL,
	"distance_band" text,
	"flags" jsonb,
	"recorded_by_user_id" text,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_counts" (
	"id" text PRIMARY KEY NOT NULL,
	"operation_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"allotment_id" text NOT NULL,
	"present" integer NOT NULL,
	"adults" integer NOT NULL,
	"companions" integer NOT NULL,
	"counted_by_user_id" text NOT NULL,
	"counted_at" timestamptz(3) NOT NULL,
	"superseded_at" timestamptz(3),
	CONSTRAINT "group_counts_counts" CHECK (present >= 0 and adults between 0 and present and companions >= 0)
);
--> statement-breakpoint
CREATE TABLE "shift_totals" (
	"shift_id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"present" integer DEFAULT 0 NOT NULL,
	"checked_out" integer DEFAULT 0 NOT NULL,
	"late" integer DEFAULT 0 NOT NULL,
	"minutes" integer DEFAULT 0 NOT NULL,
	"counted" integer DEFAULT 0 NOT NULL,
	"counted_adults" integer DEFAULT 0 NOT NULL,
	"companions" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"description" text,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"theme" text,
	"description" text,
	"organiser_unit_id" text NOT NULL,
	"time_zone" text NOT NULL,
	"starts_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3) NOT NULL,
	"minors_per_adult" integer DEFAULT 10 NOT NULL,
	"own_unit" text DEFAULT 'preferred' NOT NULL,
	"published_at" timestamptz(3),
	"closed_at" timestamptz(3),
	"cancelled_at" timestamptz(3),
	"cancel_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "events_period" CHECK (starts_at < ends_at)
);
--> statement-breakpoint
CREATE TABLE "shift_batches" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"spec" jsonb NOT NULL,
	"made" integer NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"undone_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "shift_seats" (
	"shift_id" text PRIMARY KEY NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"max" integer NOT NULL,
	CONSTRAINT "shift_seats_within" CHECK (0 <= taken and taken <= max)
);
--> statement-breakpoint
CREATE TABLE "shift_skills" (
	"shift_id" text NOT NULL,
	"skill" text NOT NULL,
	"min" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "shift_skills_shift_id_skill_pk" PRIMARY KEY("shift_id","skill")
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"zone_id" text NOT NULL,
	"task" text NOT NULL,
	"starts_at" timestamptz(3) NOT NULL,
	"ends_at" timestamptz(3) NOT NULL,
	"min" integer NOT NULL,
	"target" integer NOT NULL,
	"max" integer NOT NULL,
	"minors_allowed" boolean DEFAULT false NOT NULL,
	"meeting_point" text,
	"in_charge_person_id" text,
	"deputy_person_id" text,
	"tools" text,
	"tools_brought_by" text,
	"risks" text,
	"insurance" text,
	"recordable" boolean DEFAULT true NOT NULL,
	"recordable_reason" text,
	"batch_id" text,
	"cancelled_at" timestamptz(3),
	"cancel_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "shifts_period" CHECK (starts_at < ends_at),
	CONSTRAINT "shifts_demand" CHECK (0 <= min and min <= target and target <= max and 1 <= max)
);
--> statement-breakpoint
CREATE TABLE "responsibilities" (
	"id" text PRIMARY KEY NOT NULL,
	"zone_id" text NOT NULL,
	"unit_id" text,
	"person_id" text,
	"level" text NOT NULL,
	"scope" text,
	"duties" text,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "responsibilities_bearer" CHECK ((unit_id is null) <> (person_id is null))
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"pinyin" text NOT NULL,
	"kind" text NOT NULL,
	"level" integer,
	"parent_id" text,
	"path" text NOT NULL,
	"district_code" text,
	"boundary" jsonb,
	"centre_latitude" double precision,
	"centre_longitude" double precision,
	"west" double precision,
	"south" double precision,
	"east" double precision,
	"north" double precision,
	"minors_suitable" boolean DEFAULT false NOT NULL,
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_receipts" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text,
	"provider" text NOT NULL,
	"provider_id" text,
	"status" text NOT NULL,
	"provider_code" text,
	"moved" boolean NOT NULL,
	"received_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_subjects" (
	"message_id" text NOT NULL,
	"subject" text NOT NULL,
	CONSTRAINT "message_subjects_message_id_subject_pk" PRIMARY KEY("message_id","subject")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"contact_id" text NOT NULL,
	"event_id" text,
	"group_key" text NOT NULL,
	"generation" integer NOT NULL,
	"part" integer DEFAULT 0 NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"lane" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"provider_code" text,
	"provider" text,
	"provider_id" text,
	"segments" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3),
	"claim" text,
	"lease_until" timestamptz(3),
	"state_at" timestamptz(3) NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "messages_counts" CHECK (generation >= 0 and part >= 0 and attempts >= 0)
);
--> statement-breakpoint
CREATE TABLE "sending_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"event_id" text,
	"provider" text,
	"reason" text,
	"provider_code" text,
	"held_by" text,
	"held_at" timestamptz(3) NOT NULL,
	"released_by" text,
	"released_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"signature" text,
	"subject_zh" text,
	"subject_en" text,
	"body_zh" text NOT NULL,
	"body_en" text NOT NULL,
	"provider_template" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"changed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "allotments" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"team_id" text NOT NULL,
	"heads" integer NOT NULL,
	"minors" integer DEFAULT 0 NOT NULL,
	"named" integer DEFAULT 0 NOT NULL,
	"pinned" boolean DEFAULT false NOT NULL,
	"origin" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "allotments_counts" CHECK (heads >= 1 and minors between 0 and heads and named between 0 and heads)
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"participation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"team_id" text,
	"unit_id" text,
	"allotment_id" text,
	"origin" text NOT NULL,
	"pinned" boolean DEFAULT false NOT NULL,
	"minor" boolean DEFAULT false NOT NULL,
	"answer" text,
	"answered_at" timestamptz(3),
	"excused_at" timestamptz(3),
	"cancelled_at" timestamptz(3),
	"cancel_reason" text,
	"freed_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participations" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text,
	"link_hash" text,
	"link_generation" integer DEFAULT 1 NOT NULL,
	"link_revoked_at" timestamptz(3),
	"link_revoked_because" text,
	"answer" text,
	"answered_at" timestamptz(3),
	"answered_via" text,
	"answered_by_user_id" text,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"asked" integer NOT NULL,
	"pledged" integer,
	"note" text,
	"answered_at" timestamptz(3),
	"answered_by_user_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "quotas_counts" CHECK (asked >= 0 and (pledged is null or pledged >= 0))
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text NOT NULL,
	"offered_by_user_id" text NOT NULL,
	"offered_at" timestamptz(3) NOT NULL,
	"withdrawn_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"value_index" text NOT NULL,
	"last4_index" text,
	"invalid_at" timestamptz(3),
	"opted_out_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guardian_consents" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"guardian_name" text NOT NULL,
	"given_at" timestamptz(3) NOT NULL,
	"via" text NOT NULL,
	"scope" text NOT NULL,
	"recorded_by" text,
	"withdrawn_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamptz(3) NOT NULL,
	"left_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "merges" (
	"id" text PRIMARY KEY NOT NULL,
	"kept_id" text NOT NULL,
	"merged_id" text NOT NULL,
	"moves" jsonb NOT NULL,
	"merged_by" text,
	"merged_at" timestamptz(3) NOT NULL,
	"undone_by" text,
	"undone_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "person_contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"relation" text NOT NULL,
	"owner_name" text,
	"rank" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_skills" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"skill" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"pinyin" text NOT NULL,
	"sex" text,
	"birth_date" date,
	"identity_number" text,
	"identity_index" text,
	"residence" text,
	"service_category" text,
	"volunteer_number" text NOT NULL,
	"merged_into_id" text,
	"erased_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"unit_id" text,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"pinyin" text NOT NULL,
	"kind" text NOT NULL,
	"leader_person_id" text,
	"base_latitude" double precision,
	"base_longitude" double precision,
	"whole" boolean DEFAULT false NOT NULL,
	"stated_heads" integer,
	"stated_minors" integer,
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_aliases" (
	"id" text PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"alias" text NOT NULL,
	"search_alias" text NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"pinyin" text NOT NULL,
	"kind" text NOT NULL,
	"parent_id" text,
	"path" text NOT NULL,
	"district_code" text,
	"system" text,
	"honour_title" text,
	"staff_count" integer,
	"liaison_person_id" text,
	"leader_person_id" text,
	"closed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"changes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"question" "bytea" NOT NULL,
	"rows" integer NOT NULL,
	"answer" jsonb,
	"decided_by" text,
	"decided_at" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"size_bytes" integer NOT NULL,
	"name" "bytea" NOT NULL,
	"content" "bytea",
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"sheet_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"line" integer NOT NULL,
	"kind" text NOT NULL,
	"judgement" text,
	"cells" "bytea" NOT NULL,
	"verdict" "bytea"
);
--> statement-breakpoint
CREATE TABLE "import_sheets" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"file_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"list" text,
	"reading" "bytea" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"started_by" text NOT NULL,
	"reach" jsonb NOT NULL,
	"data_key" text NOT NULL,
	"progress" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"failure" jsonb,
	"judged_at" timestamptz(3),
	"committed_by" text,
	"committed_at" timestamptz(3),
	"undone_by" text,
	"undone_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_allotments" (
	"run_id" text NOT NULL,
	"team_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"heads" integer NOT NULL,
	"minors" integer NOT NULL,
	CONSTRAINT "plan_allotments_run_id_shift_id_team_id_pk" PRIMARY KEY("run_id","shift_id","team_id")
);
--> statement-breakpoint
CREATE TABLE "plan_assignments" (
	"run_id" text NOT NULL,
	"position" integer NOT NULL,
	"person_id" text NOT NULL,
	"team_id" text NOT NULL,
	"shift_id" text,
	CONSTRAINT "plan_assignments_run_id_position_pk" PRIMARY KEY("run_id","position")
);
--> statement-breakpoint
CREATE TABLE "plan_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"state" text NOT NULL,
	"stage" text NOT NULL,
	"progress" integer NOT NULL,
	"policy" text NOT NULL,
	"stability" text NOT NULL,
	"requested_by" text,
	"created_at" timestamptz(3) NOT NULL,
	"cancel_requested_at" timestamptz(3),
	"finished_at" timestamptz(3),
	"basis" jsonb,
	"quality" jsonb,
	"shortages" jsonb,
	"failure" jsonb,
	"applied_at" timestamptz(3),
	"applied_by" text,
	"applied_districts" jsonb,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_snapshots" (
	"id" text PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"cut_off_at" timestamptz(3) NOT NULL,
	"title" text,
	"report" jsonb NOT NULL,
	"taken_by" text,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_codes" ADD CONSTRAINT "login_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_passwords" ADD CONSTRAINT "past_passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_revoked_by_users_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_operations" ADD CONSTRAINT "attendance_operations_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_counts" ADD CONSTRAINT "group_counts_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_counts" ADD CONSTRAINT "group_counts_allotment_id_allotments_id_fk" FOREIGN KEY ("allotment_id") REFERENCES "public"."allotments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_totals" ADD CONSTRAINT "shift_totals_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_totals" ADD CONSTRAINT "shift_totals_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organiser_unit_id_units_id_fk" FOREIGN KEY ("organiser_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_batches" ADD CONSTRAINT "shift_batches_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_seats" ADD CONSTRAINT "shift_seats_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shift_skills" ADD CONSTRAINT "shift_skills_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_in_charge_person_id_persons_id_fk" FOREIGN KEY ("in_charge_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_deputy_person_id_persons_id_fk" FOREIGN KEY ("deputy_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_batch_id_shift_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."shift_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zones" ADD CONSTRAINT "zones_parent_id_zones_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_receipts" ADD CONSTRAINT "message_receipts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_subjects" ADD CONSTRAINT "message_subjects_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sending_holds" ADD CONSTRAINT "sending_holds_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allotments" ADD CONSTRAINT "allotments_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_participation_id_participations_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_allotment_id_allotments_id_fk" FOREIGN KEY ("allotment_id") REFERENCES "public"."allotments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotas" ADD CONSTRAINT "quotas_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quotas" ADD CONSTRAINT "quotas_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ups" ADD CONSTRAINT "sign_ups_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardian_consents" ADD CONSTRAINT "guardian_consents_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_kept_id_persons_id_fk" FOREIGN KEY ("kept_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_merged_id_persons_id_fk" FOREIGN KEY ("merged_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_contacts" ADD CONSTRAINT "person_contacts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_contacts" ADD CONSTRAINT "person_contacts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_skills" ADD CONSTRAINT "person_skills_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_merged_into_id_persons_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_leader_person_id_persons_id_fk" FOREIGN KEY ("leader_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_aliases" ADD CONSTRAINT "unit_aliases_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_parent_id_units_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_liaison_person_id_persons_id_fk" FOREIGN KEY ("liaison_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_leader_person_id_persons_id_fk" FOREIGN KEY ("leader_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_decisions" ADD CONSTRAINT "import_decisions_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_sheet_id_import_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."import_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_sheets" ADD CONSTRAINT "import_sheets_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_sheets" ADD CONSTRAINT "import_sheets_file_id_import_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."import_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_allotments" ADD CONSTRAINT "plan_allotments_run_id_plan_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."plan_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_allotments" ADD CONSTRAINT "plan_allotments_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_allotments" ADD CONSTRAINT "plan_allotments_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_assignments" ADD CONSTRAINT "plan_assignments_run_id_plan_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."plan_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_assignments" ADD CONSTRAINT "plan_assignments_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_assignments" ADD CONSTRAINT "plan_assignments_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_assignments" ADD CONSTRAINT "plan_assignments_shift_id_shifts_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."shifts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD CONSTRAINT "plan_runs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_snapshots" ADD CONSTRAINT "report_snapshots_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_number" ON "audit_entries" USING btree ("number");--> statement-breakpoint
CREATE INDEX "audit_entries_unsealed" ON "audit_entries" USING btree ("id") WHERE "audit_entries"."number" is null;--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_waiting_key" ON "jobs" USING btree ("key") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "jobs_running_key" ON "jobs" USING btree ("key") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("state","run_at","id");--> statement-breakpoint
CREATE INDEX "jobs_kind" ON "jobs" USING btree ("kind","id");--> statement-breakpoint
CREATE UNIQUE INDEX "activations_token" ON "activations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "activations_user" ON "activations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "attempts_forget" ON "attempts" USING btree ("forget_at");--> statement-breakpoint
CREATE UNIQUE INDEX "login_codes_once" ON "login_codes" USING btree ("request_id","user_id");--> statement-breakpoint
CREATE INDEX "login_codes_user" ON "login_codes" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "past_passwords_user" ON "past_passwords" USING btree ("user_id","replaced_at");--> statement-breakpoint
CREATE UNIQUE INDEX "role_grants_live" ON "role_grants" USING btree ("user_id","role","scope") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "role_grants_scope" ON "role_grants" USING btree ("scope");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_login" ON "users" USING btree ("login");--> statement-breakpoint
CREATE UNIQUE INDEX "users_person" ON "users" USING btree ("person_id") WHERE disabled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attendances_once" ON "attendances" USING btree ("assignment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "group_counts_once" ON "group_counts" USING btree ("allotment_id","operation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "group_counts_current" ON "group_counts" USING btree ("allotment_id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "group_counts_by_shift" ON "group_counts" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "shift_totals_by_event" ON "shift_totals" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "events_by_start" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "events_by_organiser" ON "events" USING btree ("organiser_unit_id");--> statement-breakpoint
CREATE INDEX "events_by_campaign" ON "events" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "shift_batches_by_event" ON "shift_batches" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "shift_skills_by_skill" ON "shift_skills" USING btree ("skill");--> statement-breakpoint
CREATE INDEX "shifts_by_event" ON "shifts" USING btree ("event_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "shifts_by_zone" ON "shifts" USING btree ("zone_id");--> statement-breakpoint
CREATE INDEX "shifts_by_batch" ON "shifts" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "responsibilities_zone" ON "responsibilities" USING btree ("zone_id","level","valid_from");--> statement-breakpoint
CREATE INDEX "responsibilities_unit" ON "responsibilities" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "responsibilities_person" ON "responsibilities" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "zones_code" ON "zones" USING btree ("code");--> statement-breakpoint
CREATE INDEX "zones_path" ON "zones" USING btree ("path");--> statement-breakpoint
CREATE INDEX "zones_parent" ON "zones" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "zones_district" ON "zones" USING btree ("district_code","kind");--> statement-breakpoint
CREATE INDEX "zones_search_name" ON "zones" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "zones_pinyin" ON "zones" USING btree ("pinyin","id");--> statement-breakpoint
CREATE INDEX "message_receipts_message" ON "message_receipts" USING btree ("message_id","id");--> statement-breakpoint
CREATE INDEX "message_receipts_provider" ON "message_receipts" USING btree ("provider","provider_id");--> statement-breakpoint
CREATE INDEX "message_subjects_subject" ON "message_subjects" USING btree ("subject");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_once" ON "messages" USING btree ("kind","contact_id","group_key","generation","channel","part");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("lane","not_before","id") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "messages_leases" ON "messages" USING btree ("lease_until") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "messages_unknown" ON "messages" USING btree ("state_at") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "messages_claim" ON "messages" USING btree ("claim");--> statement-breakpoint
CREATE INDEX "messages_by_event" ON "messages" USING btree ("event_id","kind","state");--> statement-breakpoint
CREATE INDEX "messages_by_state" ON "messages" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "messages_by_contact" ON "messages" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "messages_by_provider" ON "messages" USING btree ("provider","provider_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sending_holds_open" ON "sending_holds" USING btree ("target") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "sending_holds_event" ON "sending_holds" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "templates_once" ON "templates" USING btree ("kind","channel");--> statement-breakpoint
CREATE UNIQUE INDEX "allotments_once" ON "allotments" USING btree ("shift_id","team_id");--> statement-breakpoint
CREATE INDEX "allotments_by_event" ON "allotments" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "allotments_by_team" ON "allotments" USING btree ("team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_once" ON "assignments" USING btree ("person_id","shift_id") WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX "assignments_by_participation" ON "assignments" USING btree ("participation_id");--> statement-breakpoint
CREATE INDEX "assignments_by_shift" ON "assignments" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "assignments_by_event" ON "assignments" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "assignments_by_team" ON "assignments" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "assignments_by_unit" ON "assignments" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "assignments_by_allotment" ON "assignments" USING btree ("allotment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_once" ON "participations" USING btree ("event_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "participations_link" ON "participations" USING btree ("link_hash");--> statement-breakpoint
CREATE INDEX "participations_by_event" ON "participations" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "participations_by_person" ON "participations" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "participations_by_team" ON "participations" USING btree ("team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quotas_once" ON "quotas" USING btree ("event_id","unit_id");--> statement-breakpoint
CREATE INDEX "quotas_by_unit" ON "quotas" USING btree ("unit_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ups_once" ON "sign_ups" USING btree ("event_id","person_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "sign_ups_by_team" ON "sign_ups" USING btree ("event_id","team_id");--> statement-breakpoint
CREATE INDEX "sign_ups_by_person" ON "sign_ups" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_value_index" ON "contacts" USING btree ("kind","value_index");--> statement-breakpoint
CREATE INDEX "contacts_last4_index" ON "contacts" USING btree ("last4_index");--> statement-breakpoint
CREATE INDEX "guardian_consents_person" ON "guardian_consents" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_once" ON "memberships" USING btree ("person_id","team_id");--> statement-breakpoint
CREATE INDEX "memberships_team" ON "memberships" USING btree ("team_id","role");--> statement-breakpoint
CREATE INDEX "merges_kept" ON "merges" USING btree ("kept_id");--> statement-breakpoint
CREATE INDEX "merges_merged" ON "merges" USING btree ("merged_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_contacts_once" ON "person_contacts" USING btree ("person_id","contact_id");--> statement-breakpoint
CREATE INDEX "person_contacts_contact" ON "person_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_skills_once" ON "person_skills" USING btree ("person_id","skill");--> statement-breakpoint
CREATE INDEX "person_skills_skill" ON "person_skills" USING btree ("skill");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_identity_index" ON "persons" USING btree ("identity_index");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_volunteer_number" ON "persons" USING btree ("volunteer_number");--> statement-breakpoint
CREATE INDEX "persons_search_name" ON "persons" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "persons_pinyin" ON "persons" USING btree ("pinyin","id");--> statement-breakpoint
CREATE INDEX "persons_merged_into" ON "persons" USING btree ("merged_into_id");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_open_name" ON "teams" USING btree ("unit_id","search_name") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "teams_unit" ON "teams" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "teams_search_name" ON "teams" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "teams_pinyin" ON "teams" USING btree ("pinyin","id");--> statement-breakpoint
CREATE INDEX "teams_leader" ON "teams" USING btree ("leader_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_aliases_search_alias" ON "unit_aliases" USING btree ("search_alias");--> statement-breakpoint
CREATE INDEX "unit_aliases_unit" ON "unit_aliases" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "units_path" ON "units" USING btree ("path");--> statement-breakpoint
CREATE INDEX "units_parent" ON "units" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "units_district" ON "units" USING btree ("district_code");--> statement-breakpoint
CREATE INDEX "units_search_name" ON "units" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "units_pinyin" ON "units" USING btree ("pinyin","id");--> statement-breakpoint
CREATE INDEX "units_liaison" ON "units" USING btree ("liaison_person_id");--> statement-breakpoint
CREATE INDEX "units_leader" ON "units" USING btree ("leader_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "import_changes_ordinal" ON "import_changes" USING btree ("import_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "import_decisions_topic" ON "import_decisions" USING btree ("import_id","kind","topic");--> statement-breakpoint
CREATE UNIQUE INDEX "import_files_ordinal" ON "import_files" USING btree ("import_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "import_rows_ordinal" ON "import_rows" USING btree ("import_id","ordinal");--> statement-breakpoint
CREATE INDEX "import_rows_judgement" ON "import_rows" USING btree ("import_id","judgement","ordinal");--> statement-breakpoint
CREATE INDEX "import_rows_sheet" ON "import_rows" USING btree ("sheet_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "import_sheets_ordinal" ON "import_sheets" USING btree ("import_id","ordinal");--> statement-breakpoint
CREATE INDEX "imports_started_by" ON "imports" USING btree ("started_by","id");--> statement-breakpoint
CREATE INDEX "plan_runs_event" ON "plan_runs" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE INDEX "report_snapshots_event" ON "report_snapshots" USING btree ("event_id","id");