-- What operating it asks for: requests that can be followed, an audit log that only grows, numbers that were erased.

-- A request says who it is for the length of its transaction (server/trpc/init.ts); what it puts into the queue and into
-- the audit log remembers it.
ALTER TABLE "messages" ADD COLUMN IF NOT EXISTS "request_id" text;
--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "request_id" SET DEFAULT nullif(current_setting('relance.request_id', true), '');
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN IF NOT EXISTS "request_id" text;
--> statement-breakpoint
ALTER TABLE "audit_log" ALTER COLUMN "request_id" SET DEFAULT nullif(current_setting('relance.request_id', true), '');
--> statement-breakpoint
ALTER TABLE "webhook_events" ADD COLUMN IF NOT EXISTS "request_id" text;
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN IF NOT EXISTS "request_id" text;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "audit_log_user" ON "audit_log" USING btree ("user_id", "id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "audit_log_action" ON "audit_log" USING btree ("action", "id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "audit_log_subject" ON "audit_log" USING btree ("subject_id", "id");
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN IF NOT EXISTS "erased_at" timestamp with time zone;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_deleted" ON "contacts" USING btree ("deleted_at")
  WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
--> statement-breakpoint
-- The numbers of people who had themselves erased, as keyed hashes: nobody reads them back, and none is written to again.
CREATE TABLE IF NOT EXISTS "erased_numbers" (
  "hash" text PRIMARY KEY NOT NULL,
  "erased_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- The audit log only grows. Two functions alone may do more: one forgets what has been archived, one what an erased
-- contact was called. A user who is deleted leaves their lines, without their id.
CREATE OR REPLACE FUNCTION relance.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('relance.audit_care', true) = TG_OP THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
    IF NEW.user_id IS NULL AND to_jsonb(NEW) - 'user_id' = to_jsonb(OLD) - 'user_id' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log only grows: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_keep_audit ON public.audit_log;
--> statement-breakpoint
CREATE TRIGGER relance_keep_audit BEFORE UPDATE OR DELETE ON public.audit_log
  FOR EACH ROW EXECUTE FUNCTION relance.keep_audit();
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_keep_all_audit ON public.audit_log;
--> statement-breakpoint
CREATE TRIGGER relance_keep_all_audit BEFORE TRUNCATE ON public.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION relance.keep_audit();
--> statement-breakpoint
-- Deletes the lines of a span of time up to the last one that was archived, and returns how many they were.
CREATE OR REPLACE FUNCTION relance.forget_archived_audit(p_from timestamptz, p_until timestamptz, p_last bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  PERFORM set_config('relance.audit_care', 'DELETE', true);
  DELETE FROM public.audit_log WHERE at >= p_from AND at < p_until AND id <= p_last;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('relance.audit_care', '', true);
  RETURN gone;
END $$;
--> statement-breakpoint
-- Takes out of the lines about a contact what they say of the person; that there was a line stays. So do the lines about
-- many contacts at once, without the words by which the person was searched for.
CREATE OR REPLACE FUNCTION relance.erase_contact_audit(p_contact integer, p_number text, p_names text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('relance.audit_care', 'UPDATE', true);
  UPDATE public.audit_log SET
    before = CASE WHEN before IS NOT NULL AND before <> 'null' THEN '{"erased": true}'::jsonb END,
    after = CASE WHEN after IS NOT NULL AND after <> 'null' THEN '{"erased": true}'::jsonb END
  WHERE subject_id = p_contact::text
    AND (action LIKE 'contact.%' OR action LIKE 'conversation.%' OR action LIKE 'reply.%');
  UPDATE public.audit_log a SET after = jsonb_set(a.after, '{choice,filter,search}', '"…"')
  FROM (SELECT id, lower(after #>> '{choice,filter,search}') AS words,
      ltrim(regexp_replace(after #>> '{choice,filter,search}', '\D', '', 'g'), '0') AS digits
    FROM public.audit_log WHERE action LIKE 'contacts.%') searched
  WHERE a.id = searched.id AND (
    EXISTS (SELECT FROM unnest(p_names) name WHERE strpos(searched.words, lower(name)) > 0)
    OR (length(searched.digits) >= 6 AND strpos(p_number, searched.digits) > 0));
  PERFORM set_config('relance.audit_care', '', true);
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
--> statement-breakpoint
DO $$
DECLARE
  role_name text;
BEGIN
  ALTER TABLE public.erased_numbers ENABLE ROW LEVEL SECURITY;
  FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('REVOKE ALL ON TABLE public.erased_numbers FROM %I', role_name);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- For a super admin, whose conversations are everybody's: without it the planner tosses a coin between reading in order
-- as far as is counted, and reading all there is.
CREATE INDEX IF NOT EXISTS "contacts_unread_of_all" ON "contacts" USING btree ("conversed_at", "id")
  WHERE deleted_at IS NULL AND conversed_at IS NOT NULL
    AND last_inbound_at > coalesce(inbound_read_at, '-infinity'::timestamptz);
