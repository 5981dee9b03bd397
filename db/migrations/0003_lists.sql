-- What the dashboard's lists, counts and searches need to stay fast with a million messages (issue: the dashboard).
ALTER TABLE "campaigns"
  ADD COLUMN IF NOT EXISTS "archived_at" timestamp with time zone,
  ADD COLUMN IF NOT EXISTS "skipped_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "cancelled_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "message_two_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "message_two_sent_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "message_two_delivered_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "message_two_read_count" integer DEFAULT 0 NOT NULL,
  ADD COLUMN IF NOT EXISTS "message_two_failed_count" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- The counters of 0001 with those of what is left out and of Message 2: what moved, by type and status, in one update.
CREATE OR REPLACE FUNCTION relance.add_message_counts(p_campaign integer, p_types text[], p_statuses text[], p_counts bigint[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  SELECT
    coalesce(sum(n) FILTER (WHERE one AND status IN ('sent', 'delivered', 'read')), 0) AS sent,
    coalesce(sum(n) FILTER (WHERE one AND status IN ('delivered', 'read')), 0) AS delivered,
    coalesce(sum(n) FILTER (WHERE one AND status = 'read'), 0) AS read,
    coalesce(sum(n) FILTER (WHERE one AND status = 'failed'), 0) AS failed,
    coalesce(sum(n) FILTER (WHERE one AND status = 'skipped'), 0) AS skipped,
    coalesce(sum(n) FILTER (WHERE one AND status = 'cancelled'), 0) AS cancelled,
    coalesce(sum(n) FILTER (WHERE two), 0) AS two,
    coalesce(sum(n) FILTER (WHERE two AND status IN ('sent', 'delivered', 'read')), 0) AS two_sent,
    coalesce(sum(n) FILTER (WHERE two AND status IN ('delivered', 'read')), 0) AS two_delivered,
    coalesce(sum(n) FILTER (WHERE two AND status = 'read'), 0) AS two_read,
    coalesce(sum(n) FILTER (WHERE two AND status = 'failed'), 0) AS two_failed
  INTO moved
  FROM (
    SELECT u.type = 'message_1' AS one, u.type = 'message_2' AS two, u.status, u.n
    FROM unnest(p_types, p_statuses, p_counts) u (type, status, n)) m;
  IF (moved.sent, moved.delivered, moved.read, moved.failed, moved.skipped, moved.cancelled, moved.two, moved.two_sent,
    moved.two_delivered, moved.two_read, moved.two_failed) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) THEN
    UPDATE public.campaigns SET
      sent_count = coalesce(sent_count, 0) + moved.sent,
      delivered_count = delivered_count + moved.delivered,
      success_count = coalesce(success_count, 0) + moved.delivered,
      read_count = read_count + moved.read,
      failed_count = coalesce(failed_count, 0) + moved.failed,
      skipped_count = skipped_count + moved.skipped,
      cancelled_count = cancelled_count + moved.cancelled,
      message_two_count = message_two_count + moved.two,
      message_two_sent_count = message_two_sent_count + moved.two_sent,
      message_two_delivered_count = message_two_delivered_count + moved.two_delivered,
      message_two_read_count = message_two_read_count + moved.two_read,
      message_two_failed_count = message_two_failed_count + moved.two_failed
    WHERE id = p_campaign;
  END IF;
  PERFORM pg_notify('relance', json_build_object('campaign', p_campaign)::text);
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Summed, not joined: a cached plan made for one row would join 100,000 to 100,000 by a nested loop.
  PERFORM relance.add_message_counts(campaign_id, array_agg(type), array_agg(status), array_agg(n))
  FROM (
    SELECT campaign_id, type, status, sum(sign) AS n
    FROM (
      SELECT campaign_id, message_type::text COLLATE "C" AS type, status::text COLLATE "C" AS status, 1 AS sign FROM new_rows
      UNION ALL
      SELECT campaign_id, message_type, status, -1 FROM old_rows) r
    WHERE campaign_id IS NOT NULL GROUP BY campaign_id, type, status HAVING sum(sign) <> 0) moved
  GROUP BY campaign_id ORDER BY campaign_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A launch inserts what waits and what is left out; other rows come from a seed or from another database.
CREATE OR REPLACE FUNCTION relance.count_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM relance.add_message_counts(campaign_id, array_agg(type), array_agg(status), array_agg(n))
  FROM (
    SELECT campaign_id, message_type::text COLLATE "C" AS type, status::text COLLATE "C" AS status, count(*) AS n
    FROM new_rows WHERE campaign_id IS NOT NULL GROUP BY 1, 2, 3) made
  GROUP BY campaign_id ORDER BY campaign_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_count_new_messages ON public.messages;
--> statement-breakpoint
CREATE TRIGGER relance_count_new_messages AFTER INSERT ON public.messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION relance.count_new_messages();
--> statement-breakpoint
UPDATE "campaigns" c SET skipped_count = m.skipped, cancelled_count = m.cancelled, message_two_count = m.two,
  message_two_sent_count = m.two_sent, message_two_delivered_count = m.two_delivered,
  message_two_read_count = m.two_read, message_two_failed_count = m.two_failed
FROM (
  SELECT campaign_id,
    count(*) FILTER (WHERE message_type = 'message_1' AND status = 'skipped') AS skipped,
    count(*) FILTER (WHERE message_type = 'message_1' AND status = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE message_type = 'message_2') AS two,
    count(*) FILTER (WHERE message_type = 'message_2' AND status IN ('sent', 'delivered', 'read')) AS two_sent,
    count(*) FILTER (WHERE message_type = 'message_2' AND status IN ('delivered', 'read')) AS two_delivered,
    count(*) FILTER (WHERE message_type = 'message_2' AND status = 'read') AS two_read,
    count(*) FILTER (WHERE message_type = 'message_2' AND status = 'failed') AS two_failed
  FROM "messages" WHERE campaign_id IS NOT NULL GROUP BY campaign_id) m
WHERE c.id = m.campaign_id;
--> statement-breakpoint
-- Text as searches compare it: without case and accents. Immutable, so that an index may hold it.
CREATE OR REPLACE FUNCTION relance.plain(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN replace(replace(translate(lower(p_text), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'),
  'œ', 'oe'), 'æ', 'ae');
--> statement-breakpoint
-- Supabase keeps extensions in a schema of their own, and may have this one already.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
DO $$
DECLARE
  ops text;
BEGIN
  SELECT quote_ident(n.nspname) || '.gin_trgm_ops' INTO STRICT ops
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
  EXECUTE 'CREATE INDEX IF NOT EXISTS contacts_search ON public.contacts USING gin (relance.plain(
    coalesce(first_name, '''') || '' '' || coalesce(last_name, '''') || '' '' || full_number) ' || ops || ')';
END $$;
--> statement-breakpoint
-- The orders of the list of contacts and its filters; `collate "C"`: the keys are plain text, and pages follow their bytes.
CREATE INDEX IF NOT EXISTS "contacts_owner_list" ON "contacts" USING btree ("created_by", "id") WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_name_list" ON "contacts" USING btree (coalesce(nullif(relance.plain(
  btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))), ''), '~') COLLATE "C", "id") WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_inbound_list" ON "contacts" USING btree (
  coalesce(last_inbound_at, '-infinity'::timestamptz), "id") WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_last_inbound" ON "contacts" USING btree ("last_inbound_at") WHERE last_inbound_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_joined" ON "contacts" USING btree ("sandbox_joined_at") WHERE sandbox_joined_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_left_sandbox" ON "contacts" USING btree ("id") WHERE sandbox_left_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_opted_out" ON "contacts" USING btree ("id") WHERE opted_out_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_flagged" ON "contacts" USING btree ("id") WHERE flag IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_search" ON "messages" USING gin (to_tsvector('simple'::regconfig, relance.plain(content)));
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_status_list" ON "messages" USING btree ("status", "id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_campaign_status_list" ON "messages" USING btree ("campaign_id", "status", "id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_message_two" ON "messages" USING btree ("campaign_id", "status") WHERE message_type = 'message_2';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_error_list" ON "messages" USING btree ("error_code", "id") WHERE error_code IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_failed_list" ON "messages" USING btree ("campaign_id", "error_code", "id") WHERE status = 'failed';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_failed_causes" ON "messages" USING btree ("campaign_id", "error_code", "reason")
  WHERE status = 'failed' AND message_type = 'message_1';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_failed_otherwise" ON "messages" USING btree ("campaign_id")
  WHERE status = 'failed' AND message_type = 'message_1' AND error_code IS NULL AND reason IS NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_tests" ON "messages" USING btree ("campaign_id", "id") WHERE message_type = 'test';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_failed_at" ON "messages" USING btree ("failed_at") WHERE failed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "message_attempts_accepted" ON "message_attempts" USING btree ("answered_at") WHERE sid IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "interactions_of_contact" ON "interactions" USING btree ("contact_id", "campaign_id", "received_at");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "interactions_received" ON "interactions" USING btree ("received_at");
--> statement-breakpoint
-- What is behind the mark of activity_mark, counted once by the roll-up job; the rest is counted when it is looked at.
-- Days of the display time zone.
CREATE TABLE IF NOT EXISTS "day_activity" (
  "day" date NOT NULL,
  "owner_id" integer DEFAULT 0 NOT NULL,
  "dial_code" text NOT NULL,
  "accepted" integer DEFAULT 0 NOT NULL,
  "failed" integer DEFAULT 0 NOT NULL,
  "answers" integer DEFAULT 0 NOT NULL,
  CONSTRAINT "day_activity_pk" PRIMARY KEY ("day", "owner_id", "dial_code")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "hour_answers" (
  "day" date NOT NULL,
  "owner_id" integer DEFAULT 0 NOT NULL,
  "hour" smallint NOT NULL,
  "answers" integer DEFAULT 0 NOT NULL,
  CONSTRAINT "hour_answers_pk" PRIMARY KEY ("day", "owner_id", "hour")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "activity_mark" (
  "id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
  "until" timestamp with time zone NOT NULL,
  CONSTRAINT "activity_mark_one_check" CHECK (id = 1)
);
--> statement-breakpoint
-- Contacts of each owner (0: nobody's), those who can be written to apart. Kept by the triggers below.
CREATE TABLE IF NOT EXISTS "contact_counts" (
  "owner_id" integer PRIMARY KEY NOT NULL,
  "contacts" integer DEFAULT 0 NOT NULL,
  "active" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
INSERT INTO "contact_counts" (owner_id, contacts, active)
SELECT coalesce(created_by, 0), count(*), count(*) FILTER (WHERE opted_out_at IS NULL AND flag IS NULL)
FROM "contacts" WHERE deleted_at IS NULL GROUP BY 1
ON CONFLICT (owner_id) DO UPDATE SET contacts = excluded.contacts, active = excluded.active;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.add_contact_counts(p_owner integer, p_contacts bigint, p_active bigint) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO public.contact_counts AS c (owner_id, contacts, active) VALUES (p_owner, p_contacts, p_active)
  ON CONFLICT (owner_id) DO UPDATE SET contacts = c.contacts + excluded.contacts, active = c.active + excluded.active
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.count_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The transition tables there are depend on the event; each branch is planned only when it is reached.
  IF TG_OP = 'INSERT' THEN
    PERFORM relance.add_contact_counts(owner, contacts, active) FROM (
      SELECT coalesce(created_by, 0) AS owner, count(*) AS contacts,
        count(*) FILTER (WHERE opted_out_at IS NULL AND flag IS NULL) AS active
      FROM new_rows WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1) made;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM relance.add_contact_counts(owner, -contacts, -active) FROM (
      SELECT coalesce(created_by, 0) AS owner, count(*) AS contacts,
        count(*) FILTER (WHERE opted_out_at IS NULL AND flag IS NULL) AS active
      FROM old_rows WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1) gone;
  ELSE
    PERFORM relance.add_contact_counts(owner, contacts, active) FROM (
      SELECT coalesce(created_by, 0) AS owner, sum(sign) AS contacts,
        coalesce(sum(sign) FILTER (WHERE opted_out_at IS NULL AND flag IS NULL), 0) AS active
      FROM (
        SELECT created_by, opted_out_at, flag, deleted_at, 1 AS sign FROM new_rows
        UNION ALL
        SELECT created_by, opted_out_at, flag, deleted_at, -1 FROM old_rows) r
      WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1) moved
    WHERE (contacts, active) <> (0, 0);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_count_contacts_made ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_count_contacts_made AFTER INSERT ON public.contacts
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION relance.count_contacts();
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_count_contacts_gone ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_count_contacts_gone AFTER DELETE ON public.contacts
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION relance.count_contacts();
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_count_contacts_moved ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_count_contacts_moved AFTER UPDATE ON public.contacts
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION relance.count_contacts();
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "imports" (
  "id" serial PRIMARY KEY NOT NULL,
  "created_by" integer CONSTRAINT "imports_created_by_users_id_fk" REFERENCES "users"("id") ON DELETE SET NULL,
  "status" text NOT NULL,
  "file_name" text,
  "file" bytea,
  "settings" jsonb NOT NULL,
  "total" integer DEFAULT 0 NOT NULL,
  "checked" integer DEFAULT 0 NOT NULL,
  "imported" integer DEFAULT 0 NOT NULL,
  "error" text,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "finished_at" timestamp with time zone,
  CONSTRAINT "imports_status_check" CHECK (status IN ('mapping', 'checking', 'ready', 'importing', 'done', 'failed', 'undoing', 'undone'))
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "imports_created_by" ON "imports" USING btree ("created_by");
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "import_rows" (
  "import_id" integer NOT NULL CONSTRAINT "import_rows_import_id_imports_id_fk" REFERENCES "imports"("id") ON DELETE CASCADE,
  "line" integer NOT NULL,
  "cells" text[] NOT NULL,
  "verdict" text,
  "reason" text,
  "full_number" text,
  "country_code" text,
  "national_number" text,
  "first_name" text,
  "last_name" text,
  "contact_id" integer,
  CONSTRAINT "import_rows_pk" PRIMARY KEY ("import_id", "line"),
  CONSTRAINT "import_rows_verdict_check" CHECK (verdict IN ('accepted', 'repaired', 'refused', 'known'))
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "import_rows_verdict" ON "import_rows" USING btree ("import_id", "verdict", "line");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "import_rows_number" ON "import_rows" USING btree ("import_id", "full_number");
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN IF NOT EXISTS "import_id" integer;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_import_id" ON "contacts" USING btree ("import_id") WHERE import_id IS NOT NULL;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
--> statement-breakpoint
DO $$
DECLARE
  tab text;
  role_name text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['day_activity', 'hour_answers', 'activity_mark', 'contact_counts', 'imports', 'import_rows'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', tab);
    FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('REVOKE ALL ON TABLE public.%I FROM %I', tab, role_name);
      END IF;
    END LOOP;
  END LOOP;
END $$;
