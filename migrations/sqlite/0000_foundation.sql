CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`address` text,
	`details` text NOT NULL,
	`number` integer,
	`seal_key_id` text,
	`seal` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_number` ON `audit_entries` (`number`);--> statement-breakpoint
CREATE INDEX `audit_entries_unsealed` ON `audit_entries` (`id`) WHERE "audit_entries"."number" is null;--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`actor_id`,`at`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`id` integer PRIMARY KEY NOT NULL,
	`retired_number` integer NOT NULL,
	`retired_seal` text NOT NULL,
	`number` integer NOT NULL,
	`seal` text NOT NULL,
	`sealed_at` integer NOT NULL,
	`key_id` text NOT NULL,
	`mac` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text,
	`params` text NOT NULL,
	`state` text NOT NULL,
	`run_at` integer NOT NULL,
	`claim` text,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_waiting_key` ON `jobs` (`key`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `jobs_running_key` ON `jobs` (`key`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`run_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_kind` ON `jobs` (`kind`,`id`);--> statement-breakpoint
CREATE TABLE `activations` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`token_hash` text NOT NULL,
	`requested_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activations_token` ON `activations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `activations_user` ON `activations` (`user_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`since` integer NOT NULL,
	`locked_until` integer,
	`forget_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempts_forget` ON `attempts` (`forget_at`);--> statement-breakpoint
CREATE TABLE `login_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`request_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_codes_once` ON `login_codes` (`request_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `login_codes_user` ON `login_codes` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `past_passwords` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`hash` text NOT NULL,
	`replaced_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `past_passwords_user` ON `past_passwords` (`user_id`,`replaced_at`);--> statement-breakpoint
CREATE TABLE `role_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`unit_id` text,
	`district_code` text,
	`team_id` text,
	`scope` text NOT NULL,
	`granted_by` text,
	`granted_at` integer NOT NULL,
	`revoked_by` text,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`granted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revoked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `role_grants_live` ON `role_grants` (`user_id`,`role`,`scope`) WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX `role_grants_scope` ON `role_grants` (`scope`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`ended_because` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`name` text NOT NULL,
	`person_id` text,
	`password_hash` text,
	`password_changed_at` integer,
	`last_sign_in_at` integer,
	`disabled_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_login` ON `users` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_person` ON `users` (`person_id`) WHERE disabled_at is null;--> statement-breakpoint
CREATE TABLE `attendance_operations` (
	`assignment_id` text NOT NULL,
	`operation_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`via` text NOT NULL,
	`by_user_id` text,
	PRIMARY KEY(`assignment_id`, `operation_id`),
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `attendances` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`check_in_at` integer,
	`check_out_at` integer,
	`timing` text NOT NULL,
	`minutes` integer,
	`grade` text NOT NULL,
	`via` text NOT NULL,
	`position_judgement` text NOT NULL,
	`distance_band` text,
	`flags` text,
	`recorded_by_user_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendances_once` ON `attendances` (`assignment_id`);--> statement-breakpoint
CREATE TABLE `group_counts` (
	`id` text PRIMARY KEY NOT NULL,
	`operation_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`allotment_id` text NOT NULL,
	`present` integer NOT NULL,
	`adults` integer NOT NULL,
	`companions` integer NOT NULL,
	`counted_by_user_id` text NOT NULL,
	`counted_at` integer NOT NULL,
	`superseded_at` integer,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`allotment_id`) REFERENCES `allotments`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "group_counts_counts" CHECK(present >= 0 and adults between 0 and present and companions >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `group_counts_once` ON `group_counts` (`allotment_id`,`operation_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `group_counts_current` ON `group_counts` (`allotment_id`) WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX `group_counts_by_shift` ON `group_counts` (`shift_id`);--> statement-breakpoint
CREATE TABLE `shift_totals` (
	`shift_id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`present` integer DEFAULT 0 NOT NULL,
	`checked_out` integer DEFAULT 0 NOT NULL,
	`late` integer DEFAULT 0 NOT NULL,
	`minutes` integer DEFAULT 0 NOT NULL,
	`counted` integer DEFAULT 0 NOT NULL,
	`counted_adults` integer DEFAULT 0 NOT NULL,
	`companions` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shift_totals_by_event` ON `shift_totals` (`event_id`);--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`description` text,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`theme` text,
	`description` text,
	`organiser_unit_id` text NOT NULL,
	`time_zone` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`minors_per_adult` integer DEFAULT 10 NOT NULL,
	`own_unit` text DEFAULT 'preferred' NOT NULL,
	`published_at` integer,
	`closed_at` integer,
	`cancelled_at` integer,
	`cancel_reason` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organiser_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "events_period" CHECK(starts_at < ends_at)
);
--> statement-breakpoint
CREATE INDEX `events_by_start` ON `events` (`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_by_organiser` ON `events` (`organiser_unit_id`);--> statement-breakpoint
CREATE INDEX `events_by_campaign` ON `events` (`campaign_id`);--> statement-breakpoint
CREATE TABLE `shift_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`spec` text NOT NULL,
	`made` integer NOT NULL,
	`created_at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `shift_batches_by_event` ON `shift_batches` (`event_id`);--> statement-breakpoint
CREATE TABLE `shift_seats` (
	`shift_id` text PRIMARY KEY NOT NULL,
	`taken` integer DEFAULT 0 NOT NULL,
	`max` integer NOT NULL,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "shift_seats_within" CHECK(0 <= taken and taken <= max)
);
--> statement-breakpoint
CREATE TABLE `shift_skills` (
	`shift_id` text NOT NULL,
	`skill` text NOT NULL,
	`min` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`shift_id`, `skill`),
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `shift_skills_by_skill` ON `shift_skills` (`skill`);--> statement-breakpoint
CREATE TABLE `shifts` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`zone_id` text NOT NULL,
	`task` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`min` integer NOT NULL,
	`target` integer NOT NULL,
	`max` integer NOT NULL,
	`minors_allowed` integer DEFAULT false NOT NULL,
	`meeting_point` text,
	`in_charge_person_id` text,
	`deputy_person_id` text,
	`tools` text,
	`tools_brought_by` text,
	`risks` text,
	`insurance` text,
	`recordable` integer DEFAULT true NOT NULL,
	`recordable_reason` text,
	`batch_id` text,
	`cancelled_at` integer,
	`cancel_reason` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`in_charge_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `shift_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "shifts_period" CHECK(starts_at < ends_at),
	CONSTRAINT "shifts_demand" CHECK(0 <= min and min <= target and target <= max and 1 <= max)
);
--> statement-breakpoint
CREATE INDEX `shifts_by_event` ON `shifts` (`event_id`,`starts_at`,`id`);--> statement-breakpoint
CREATE INDEX `shifts_by_zone` ON `shifts` (`zone_id`);--> statement-breakpoint
CREATE INDEX `shifts_by_batch` ON `shifts` (`batch_id`);--> statement-breakpoint
CREATE TABLE `responsibilities` (
	`id` text PRIMARY KEY NOT NULL,
	`zone_id` text NOT NULL,
	`unit_id` text,
	`person_id` text,
	`level` text NOT NULL,
	`scope` text,
	`duties` text,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`zone_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "responsibilities_bearer" CHECK((unit_id is null) <> (person_id is null))
);
--> statement-breakpoint
CREATE INDEX `responsibilities_zone` ON `responsibilities` (`zone_id`,`level`,`valid_from`);--> statement-breakpoint
CREATE INDEX `responsibilities_unit` ON `responsibilities` (`unit_id`);--> statement-breakpoint
CREATE INDEX `responsibilities_person` ON `responsibilities` (`person_id`);--> statement-breakpoint
CREATE TABLE `zones` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`pinyin` text NOT NULL,
	`kind` text NOT NULL,
	`level` integer,
	`parent_id` text,
	`path` text NOT NULL,
	`district_code` text,
	`boundary` text,
	`centre_latitude` real,
	`centre_longitude` real,
	`west` real,
	`south` real,
	`east` real,
	`north` real,
	`minors_suitable` integer DEFAULT false NOT NULL,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `zones`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `zones_code` ON `zones` (`code`);--> statement-breakpoint
CREATE INDEX `zones_path` ON `zones` (`path`);--> statement-breakpoint
CREATE INDEX `zones_parent` ON `zones` (`parent_id`);--> statement-breakpoint
CREATE INDEX `zones_district` ON `zones` (`district_code`,`kind`);--> statement-breakpoint
CREATE INDEX `zones_search_name` ON `zones` (`search_name`);--> statement-breakpoint
CREATE INDEX `zones_pinyin` ON `zones` (`pinyin`,`id`);--> statement-breakpoint
CREATE TABLE `message_receipts` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` text,
	`provider` text NOT NULL,
	`provider_id` text,
	`status` text NOT NULL,
	`provider_code` text,
	`moved` integer NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_receipts_message` ON `message_receipts` (`message_id`,`id`);--> statement-breakpoint
CREATE INDEX `message_receipts_provider` ON `message_receipts` (`provider`,`provider_id`);--> statement-breakpoint
CREATE TABLE `message_subjects` (
	`message_id` text NOT NULL,
	`subject` text NOT NULL,
	PRIMARY KEY(`message_id`, `subject`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_subjects_subject` ON `message_subjects` (`subject`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`contact_id` text NOT NULL,
	`event_id` text,
	`group_key` text NOT NULL,
	`generation` integer NOT NULL,
	`part` integer DEFAULT 0 NOT NULL,
	`channel` text NOT NULL,
	`locale` text NOT NULL,
	`lane` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`provider_code` text,
	`provider` text,
	`provider_id` text,
	`segments` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`expires_at` integer,
	`claim` text,
	`lease_until` integer,
	`state_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_counts" CHECK(generation >= 0 and part >= 0 and attempts >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_once` ON `messages` (`kind`,`contact_id`,`group_key`,`generation`,`channel`,`part`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`lane`,`not_before`,`id`) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX `messages_leases` ON `messages` (`lease_until`) WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX `messages_unknown` ON `messages` (`state_at`) WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX `messages_claim` ON `messages` (`claim`);--> statement-breakpoint
CREATE INDEX `messages_by_event` ON `messages` (`event_id`,`kind`,`state`);--> statement-breakpoint
CREATE INDEX `messages_by_state` ON `messages` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `messages_by_contact` ON `messages` (`contact_id`);--> statement-breakpoint
CREATE INDEX `messages_by_provider` ON `messages` (`provider`,`provider_id`);--> statement-breakpoint
CREATE TABLE `sending_holds` (
	`id` text PRIMARY KEY NOT NULL,
	`target` text NOT NULL,
	`event_id` text,
	`provider` text,
	`reason` text,
	`provider_code` text,
	`held_by` text,
	`held_at` integer NOT NULL,
	`released_by` text,
	`released_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sending_holds_open` ON `sending_holds` (`target`) WHERE released_at is null;--> statement-breakpoint
CREATE INDEX `sending_holds_event` ON `sending_holds` (`event_id`);--> statement-breakpoint
CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`signature` text,
	`subject_zh` text,
	`subject_en` text,
	`body_zh` text NOT NULL,
	`body_en` text NOT NULL,
	`provider_template` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `templates_once` ON `templates` (`kind`,`channel`);--> statement-breakpoint
CREATE TABLE `allotments` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`team_id` text NOT NULL,
	`heads` integer NOT NULL,
	`minors` integer DEFAULT 0 NOT NULL,
	`named` integer DEFAULT 0 NOT NULL,
	`pinned` integer DEFAULT false NOT NULL,
	`origin` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "allotments_counts" CHECK(heads >= 1 and minors between 0 and heads and named between 0 and heads)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `allotments_once` ON `allotments` (`shift_id`,`team_id`);--> statement-breakpoint
CREATE INDEX `allotments_by_event` ON `allotments` (`event_id`,`id`);--> statement-breakpoint
CREATE INDEX `allotments_by_team` ON `allotments` (`team_id`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`participation_id` text NOT NULL,
	`person_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`team_id` text,
	`unit_id` text,
	`allotment_id` text,
	`origin` text NOT NULL,
	`pinned` integer DEFAULT false NOT NULL,
	`minor` integer DEFAULT false NOT NULL,
	`answer` text,
	`answered_at` integer,
	`excused_at` integer,
	`cancelled_at` integer,
	`cancel_reason` text,
	`freed_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participation_id`) REFERENCES `participations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`allotment_id`) REFERENCES `allotments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_once` ON `assignments` (`person_id`,`shift_id`) WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX `assignments_by_participation` ON `assignments` (`participation_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_shift` ON `assignments` (`shift_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_event` ON `assignments` (`event_id`,`id`);--> statement-breakpoint
CREATE INDEX `assignments_by_team` ON `assignments` (`team_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_unit` ON `assignments` (`unit_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_allotment` ON `assignments` (`allotment_id`);--> statement-breakpoint
CREATE TABLE `participations` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text,
	`link_hash` text,
	`link_generation` integer DEFAULT 1 NOT NULL,
	`link_revoked_at` integer,
	`link_revoked_because` text,
	`answer` text,
	`answered_at` integer,
	`answered_via` text,
	`answered_by_user_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participations_once` ON `participations` (`event_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `participations_link` ON `participations` (`link_hash`);--> statement-breakpoint
CREATE INDEX `participations_by_event` ON `participations` (`event_id`,`id`);--> statement-breakpoint
CREATE INDEX `participations_by_person` ON `participations` (`person_id`);--> statement-breakpoint
CREATE INDEX `participations_by_team` ON `participations` (`team_id`);--> statement-breakpoint
CREATE TABLE `quotas` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`asked` integer NOT NULL,
	`pledged` integer,
	`note` text,
	`answered_at` integer,
	`answered_by_user_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "quotas_counts" CHECK(asked >= 0 and (pledged is null or pledged >= 0))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quotas_once` ON `quotas` (`event_id`,`unit_id`);--> statement-breakpoint
CREATE INDEX `quotas_by_unit` ON `quotas` (`unit_id`);--> statement-breakpoint
CREATE TABLE `sign_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`offered_by_user_id` text NOT NULL,
	`offered_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_ups_once` ON `sign_ups` (`event_id`,`person_id`) WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `sign_ups_by_team` ON `sign_ups` (`event_id`,`team_id`);--> statement-breakpoint
CREATE INDEX `sign_ups_by_person` ON `sign_ups` (`person_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`value_index` text NOT NULL,
	`last4_index` text,
	`invalid_at` integer,
	`opted_out_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_value_index` ON `contacts` (`kind`,`value_index`);--> statement-breakpoint
CREATE INDEX `contacts_last4_index` ON `contacts` (`last4_index`);--> statement-breakpoint
CREATE TABLE `guardian_consents` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`guardian_name` text NOT NULL,
	`given_at` integer NOT NULL,
	`via` text NOT NULL,
	`scope` text NOT NULL,
	`recorded_by` text,
	`withdrawn_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `guardian_consents_person` ON `guardian_consents` (`person_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`role` text NOT NULL,
	`joined_at` integer NOT NULL,
	`left_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_once` ON `memberships` (`person_id`,`team_id`);--> statement-breakpoint
CREATE INDEX `memberships_team` ON `memberships` (`team_id`,`role`);--> statement-breakpoint
CREATE TABLE `merges` (
	`id` text PRIMARY KEY NOT NULL,
	`kept_id` text NOT NULL,
	`merged_id` text NOT NULL,
	`moves` text NOT NULL,
	`merged_by` text,
	`merged_at` integer NOT NULL,
	`undone_by` text,
	`undone_at` integer,
	FOREIGN KEY (`kept_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merges_kept` ON `merges` (`kept_id`);--> statement-breakpoint
CREATE INDEX `merges_merged` ON `merges` (`merged_id`);--> statement-breakpoint
CREATE TABLE `person_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`relation` text NOT NULL,
	`owner_name` text,
	`rank` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_contacts_once` ON `person_contacts` (`person_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `person_contacts_contact` ON `person_contacts` (`contact_id`);--> statement-breakpoint
CREATE TABLE `person_skills` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`skill` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_skills_once` ON `person_skills` (`person_id`,`skill`);--> statement-breakpoint
CREATE INDEX `person_skills_skill` ON `person_skills` (`skill`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`pinyin` text NOT NULL,
	`sex` text,
	`birth_date` text,
	`identity_number` text,
	`identity_index` text,
	`residence` text,
	`service_category` text,
	`volunteer_number` text NOT NULL,
	`merged_into_id` text,
	`erased_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`merged_into_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `persons_identity_index` ON `persons` (`identity_index`);--> statement-breakpoint
CREATE UNIQUE INDEX `persons_volunteer_number` ON `persons` (`volunteer_number`);--> statement-breakpoint
CREATE INDEX `persons_search_name` ON `persons` (`search_name`);--> statement-breakpoint
CREATE INDEX `persons_pinyin` ON `persons` (`pinyin`,`id`);--> statement-breakpoint
CREATE INDEX `persons_merged_into` ON `persons` (`merged_into_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`pinyin` text NOT NULL,
	`kind` text NOT NULL,
	`leader_person_id` text,
	`base_latitude` real,
	`base_longitude` real,
	`whole` integer DEFAULT false NOT NULL,
	`stated_heads` integer,
	`stated_minors` integer,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leader_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_open_name` ON `teams` (`unit_id`,`search_name`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `teams_unit` ON `teams` (`unit_id`);--> statement-breakpoint
CREATE INDEX `teams_search_name` ON `teams` (`search_name`);--> statement-breakpoint
CREATE INDEX `teams_pinyin` ON `teams` (`pinyin`,`id`);--> statement-breakpoint
CREATE INDEX `teams_leader` ON `teams` (`leader_person_id`);--> statement-breakpoint
CREATE TABLE `unit_aliases` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`alias` text NOT NULL,
	`search_alias` text NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_aliases_search_alias` ON `unit_aliases` (`search_alias`);--> statement-breakpoint
CREATE INDEX `unit_aliases_unit` ON `unit_aliases` (`unit_id`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`pinyin` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` text,
	`path` text NOT NULL,
	`district_code` text,
	`system` text,
	`honour_title` text,
	`staff_count` integer,
	`liaison_person_id` text,
	`leader_person_id` text,
	`closed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`liaison_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leader_person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `units_path` ON `units` (`path`);--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`);--> statement-breakpoint
CREATE INDEX `units_district` ON `units` (`district_code`);--> statement-breakpoint
CREATE INDEX `units_search_name` ON `units` (`search_name`);--> statement-breakpoint
CREATE INDEX `units_pinyin` ON `units` (`pinyin`,`id`);--> statement-breakpoint
CREATE INDEX `units_liaison` ON `units` (`liaison_person_id`);--> statement-breakpoint
CREATE INDEX `units_leader` ON `units` (`leader_person_id`);--> statement-breakpoint
CREATE TABLE `import_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`changes` blob NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_changes_ordinal` ON `import_changes` (`import_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `import_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`kind` text NOT NULL,
	`topic` text NOT NULL,
	`question` blob NOT NULL,
	`rows` integer NOT NULL,
	`answer` text,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_decisions_topic` ON `import_decisions` (`import_id`,`kind`,`topic`);--> statement-breakpoint
CREATE TABLE `import_files` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`size_bytes` integer NOT NULL,
	`name` blob NOT NULL,
	`content` blob,
	`failure` text,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_files_ordinal` ON `import_files` (`import_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`sheet_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`line` integer NOT NULL,
	`kind` text NOT NULL,
	`judgement` text,
	`cells` blob NOT NULL,
	`verdict` blob,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sheet_id`) REFERENCES `import_sheets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_rows_ordinal` ON `import_rows` (`import_id`,`ordinal`);--> statement-breakpoint
CREATE INDEX `import_rows_judgement` ON `import_rows` (`import_id`,`judgement`,`ordinal`);--> statement-breakpoint
CREATE INDEX `import_rows_sheet` ON `import_rows` (`sheet_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `import_sheets` (
	`id` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`file_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`list` text,
	`reading` blob NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `import_files`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_sheets_ordinal` ON `import_sheets` (`import_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`started_by` text NOT NULL,
	`reach` text NOT NULL,
	`data_key` text NOT NULL,
	`progress` text NOT NULL,
	`counts` text NOT NULL,
	`failure` text,
	`judged_at` integer,
	`committed_by` text,
	`committed_at` integer,
	`undone_by` text,
	`undone_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `imports_started_by` ON `imports` (`started_by`,`id`);--> statement-breakpoint
CREATE TABLE `plan_allotments` (
	`run_id` text NOT NULL,
	`team_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`heads` integer NOT NULL,
	`minors` integer NOT NULL,
	PRIMARY KEY(`run_id`, `shift_id`, `team_id`),
	FOREIGN KEY (`run_id`) REFERENCES `plan_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `plan_assignments` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`team_id` text NOT NULL,
	`shift_id` text,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `plan_runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift_id`) REFERENCES `shifts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `plan_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`state` text NOT NULL,
	`stage` text NOT NULL,
	`progress` integer NOT NULL,
	`policy` text NOT NULL,
	`stability` text NOT NULL,
	`requested_by` text,
	`created_at` integer NOT NULL,
	`cancel_requested_at` integer,
	`finished_at` integer,
	`basis` text,
	`quality` text,
	`shortages` text,
	`failure` text,
	`applied_at` integer,
	`applied_by` text,
	`applied_districts` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plan_runs_event` ON `plan_runs` (`event_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `report_snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`cut_off_at` integer NOT NULL,
	`title` text,
	`report` text NOT NULL,
	`taken_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `report_snapshots_event` ON `report_snapshots` (`event_id`,`id`);