CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" integer,
	"ip" text,
	"action" text NOT NULL,
	"subject_id" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_categories" (
	"id" serial PRIMARY KEY NOT NULL,
	"campaign_id" integer,
	"category_id" integer,
	CONSTRAINT "campaign_categories_campaign_id_category_id_key" UNIQUE("campaign_id","category_id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" varchar(255) NOT NULL,
	"message_1" text NOT NULL,
	"message_2" text,
	"template_name" varchar(100),
	"status" varchar(50) DEFAULT 'draft',
	"total_recipients" integer DEFAULT 0,
	"sent_count" integer DEFAULT 0,
	"success_count" integer DEFAULT 0,
	"failed_count" integer DEFAULT 0,
	"interaction_count" integer DEFAULT 0,
	"created_by" integer,
	"created_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"updated_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"content_sid" text,
	"content_variables" jsonb,
	"scheduled_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"delivered_count" integer DEFAULT 0 NOT NULL,
	"read_count" integer DEFAULT 0 NOT NULL,
	"stop_reason" text,
	"stop_code" integer,
	"failure_streak" integer DEFAULT 0 NOT NULL,
	"failure_streak_code" integer,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "campaigns_status_check" CHECK (status in ('draft', 'scheduled', 'sending', 'paused', 'completed', 'cancelled', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" serial PRIMARY KEY NOT NULL,
	"content_sid" text,
	"name" text NOT NULL,
	"body" text NOT NULL,
	"variables" jsonb NOT NULL,
	"language" text,
	"source" text NOT NULL,
	"approval_status" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"synced_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "templates_content_sid_unique" UNIQUE("content_sid")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" varchar(255) NOT NULL,
	"color" varchar(50),
	"created_by" integer,
	"created_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"updated_at" timestamp DEFAULT CURRENT_TIMESTAMP
);
--> statement-breakpoint
CREATE TABLE "category_contacts" (
	"id" serial PRIMARY KEY NOT NULL,
	"category_id" integer,
	"contact_id" integer,
	"added_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	CONSTRAINT "category_contacts_category_id_contact_id_key" UNIQUE("category_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "contact_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"contact_id" integer NOT NULL,
	"user_id" integer,
	"action" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" serial PRIMARY KEY NOT NULL,
	"phone_number" varchar(20) NOT NULL,
	"country_code" varchar(5) NOT NULL,
	"full_number" varchar(25) NOT NULL,
	"first_name" varchar(100),
	"last_name" varchar(100),
	"whatsapp_verified" boolean,
	"verified_at" timestamp,
	"created_by" integer,
	"created_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"updated_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"sandbox_joined_at" timestamp with time zone,
	"sandbox_left_at" timestamp with time zone,
	"last_inbound_at" timestamp with time zone,
	"opted_out_at" timestamp with time zone,
	"external_user_id" text,
	"flag" text,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "contacts_full_number_unique" UNIQUE("full_number"),
	CONSTRAINT "contacts_external_user_id_unique" UNIQUE("external_user_id")
);
--> statement-breakpoint
CREATE TABLE "interactions" (
	"id" serial PRIMARY KEY NOT NULL,
	"campaign_id" integer,
	"contact_id" integer,
	"message_id" integer,
	"interaction_type" varchar(50),
	"content" text,
	"whatsapp_message_id" varchar(255),
	"received_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"inbound_sid" text,
	"details" jsonb,
	CONSTRAINT "interactions_inbound_sid_unique" UNIQUE("inbound_sid"),
	CONSTRAINT "interactions_interaction_type_check" CHECK (interaction_type in ('reply', 'reaction', 'read', 'delivered'))
);
--> statement-breakpoint
CREATE TABLE "message_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"message_id" integer NOT NULL,
	"number" integer NOT NULL,
	"worker_id" uuid,
	"slot_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"requested_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"sid" text,
	"outcome" text,
	"http_status" integer,
	"error_code" integer,
	"error_message" text,
	CONSTRAINT "message_attempts_sid_unique" UNIQUE("sid"),
	CONSTRAINT "message_attempts_message_id_number_key" UNIQUE("message_id","number")
);
--> statement-breakpoint
CREATE TABLE "message_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"message_id" integer NOT NULL,
	"attempt_id" uuid,
	"type" text NOT NULL,
	"from_status" text,
	"to_status" text,
	"data" jsonb,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" serial PRIMARY KEY NOT NULL,
	"campaign_id" integer,
	"contact_id" integer,
	"message_type" varchar(20),
	"content" text NOT NULL,
	"status" varchar(50) DEFAULT 'pending',
	"whatsapp_message_id" varchar(255),
	"error_message" text,
	"retry_count" integer DEFAULT 0,
	"sent_at" timestamp,
	"delivered_at" timestamp,
	"read_at" timestamp,
	"created_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"updated_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"sender_id" integer,
	"to_address" text,
	"from_address" text,
	"content_sid" text,
	"content_variables" jsonb,
	"dedupe_key" text,
	"priority" smallint DEFAULT 2 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"current_attempt_id" uuid,
	"error_code" integer,
	"reason" text,
	"failed_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"check_count" smallint DEFAULT 0 NOT NULL,
	"created_by" integer,
	CONSTRAINT "messages_dedupe_key_unique" UNIQUE("dedupe_key"),
	CONSTRAINT "messages_status_check" CHECK (status in ('pending', 'sending', 'uncertain', 'sent', 'delivered', 'read', 'failed', 'skipped', 'cancelled')),
	CONSTRAINT "messages_message_type_check" CHECK (message_type in ('message_1', 'message_2', 'test', 'reply'))
);
--> statement-breakpoint
CREATE TABLE "sender_lanes" (
	"sender_id" integer NOT NULL,
	"number" smallint NOT NULL,
	"holder" uuid,
	"worker_id" uuid,
	"held_until" timestamp with time zone DEFAULT 'epoch' NOT NULL,
	CONSTRAINT "sender_lanes_sender_id_number_pk" PRIMARY KEY("sender_id","number")
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"id" serial PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"next_slot_at" timestamp with time zone DEFAULT now() NOT NULL,
	"interval_ms" double precision NOT NULL,
	"pause_reason" text,
	"pause_code" integer,
	"paused_at" timestamp with time zone,
	"paused_until" timestamp with time zone,
	"last_campaign_id" integer DEFAULT 0 NOT NULL,
	"refusal_streak" smallint DEFAULT 0 NOT NULL,
	"uncertain_streak" smallint DEFAULT 0 NOT NULL,
	"next_probe_at" timestamp with time zone,
	"inbound_checked_at" timestamp with time zone,
	CONSTRAINT "senders_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp with time zone,
	"hostname" text NOT NULL,
	"pid" integer NOT NULL,
	"pool_ids" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"ip" text NOT NULL,
	"succeeded" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL,
	"email" varchar(255) NOT NULL,
	"password_hash" varchar(255) NOT NULL,
	"role" varchar(50) NOT NULL,
	"is_active" boolean DEFAULT true,
	"created_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	"updated_at" timestamp DEFAULT CURRENT_TIMESTAMP,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_role_check" CHECK (role in ('super_admin', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "unknown_sender_messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"unknown_sender_id" integer NOT NULL,
	"inbound_sid" text NOT NULL,
	"content" text NOT NULL,
	"details" jsonb,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unknown_sender_messages_inbound_sid_unique" UNIQUE("inbound_sid")
);
--> statement-breakpoint
CREATE TABLE "unknown_senders" (
	"id" serial PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"profile_name" text,
	"external_user_id" text,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"contact_id" integer,
	CONSTRAINT "unknown_senders_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"kind" text NOT NULL,
	"verdict" text NOT NULL,
	"diagnosis" text,
	"url" text NOT NULL,
	"ip" text,
	"raw_body" text NOT NULL,
	"params" jsonb NOT NULL,
	"message_sid" text,
	"attempt_id" uuid,
	"origin" text DEFAULT 'webhook' NOT NULL,
	"applied_at" timestamp with time zone,
	"result" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_categories" ADD CONSTRAINT "campaign_categories_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_categories" ADD CONSTRAINT "campaign_categories_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_contacts" ADD CONSTRAINT "category_contacts_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "category_contacts" ADD CONSTRAINT "category_contacts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_changes" ADD CONSTRAINT "contact_changes_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_changes" ADD CONSTRAINT "contact_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_attempts" ADD CONSTRAINT "message_attempts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_events" ADD CONSTRAINT "message_events_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_lanes" ADD CONSTRAINT "sender_lanes_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_sender_messages" ADD CONSTRAINT "unknown_sender_messages_unknown_sender_id_unknown_senders_id_fk" FOREIGN KEY ("unknown_sender_id") REFERENCES "public"."unknown_senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_senders" ADD CONSTRAINT "unknown_senders_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "idx_campaign_categories_campaign" ON "campaign_categories" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "idx_campaign_categories_category" ON "campaign_categories" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "idx_campaigns_created_by" ON "campaigns" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "idx_campaigns_status" ON "campaigns" USING btree ("status");--> statement-breakpoint
CREATE INDEX "idx_categories_created_by" ON "categories" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "idx_category_contacts_category" ON "category_contacts" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "idx_category_contacts_contact" ON "category_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_changes_contact_id" ON "contact_changes" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "idx_contacts_full_number" ON "contacts" USING btree ("full_number");--> statement-breakpoint
CREATE INDEX "idx_contacts_created_by" ON "contacts" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "idx_contacts_whatsapp_verified" ON "contacts" USING btree ("whatsapp_verified");--> statement-breakpoint
CREATE INDEX "idx_interactions_campaign_id" ON "interactions" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_contact_id" ON "interactions" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_message_id" ON "interactions" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_type" ON "interactions" USING btree ("interaction_type");--> statement-breakpoint
CREATE INDEX "message_attempts_open" ON "message_attempts" USING btree ("worker_id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "message_events_message_id" ON "message_events" USING btree ("message_id","id");--> statement-breakpoint
CREATE INDEX "idx_messages_campaign_id" ON "messages" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "idx_messages_contact_id" ON "messages" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "idx_messages_status" ON "messages" USING btree ("status");--> statement-breakpoint
CREATE INDEX "idx_messages_whatsapp_id" ON "messages" USING btree ("whatsapp_message_id");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("sender_id",(coalesce(campaign_id, 0)),"priority","next_attempt_at","id") WHERE status = 'pending' and next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX "messages_in_flight" ON "messages" USING btree ("to_address") WHERE status in ('sending', 'uncertain');--> statement-breakpoint
CREATE INDEX "messages_check_due" ON "messages" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "messages_campaign_list" ON "messages" USING btree ("campaign_id","id");--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_last_seen_at" ON "sessions" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_recent" ON "sign_in_attempts" USING btree ("email","ip","at");--> statement-breakpoint
CREATE INDEX "idx_users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "idx_users_role" ON "users" USING btree ("role");--> statement-breakpoint
CREATE INDEX "unknown_sender_messages_sender" ON "unknown_sender_messages" USING btree ("unknown_sender_id");--> statement-breakpoint
CREATE INDEX "webhook_events_unapplied" ON "webhook_events" USING btree ("id") WHERE applied_at is null and verdict = 'accepted';--> statement-breakpoint
CREATE INDEX "webhook_events_message_sid" ON "webhook_events" USING btree ("message_sid");