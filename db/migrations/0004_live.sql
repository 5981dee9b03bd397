-- An answer is counted once, whenever it came: one that an outage held up carries a time that is counted already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'interactions' AND column_name = 'counted') THEN
    ALTER TABLE public.interactions ADD COLUMN "counted" boolean DEFAULT false NOT NULL;
    UPDATE public.interactions SET counted = true
    WHERE interaction_type = 'reply' AND received_at < (SELECT until AT TIME ZONE 'UTC' FROM public.activity_mark);
  END IF;
END $$;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "interactions_uncounted" ON "interactions" USING btree ("received_at")
  WHERE NOT counted AND interaction_type = 'reply';
--> statement-breakpoint
-- The history by what messages failed by where Twilio gave no code (server/messages/failure-cause.ts).
CREATE INDEX IF NOT EXISTS "messages_failed_reasons" ON "messages" USING btree ("campaign_id",
  coalesce(reason, case when error_code is null then nullif(left(error_message, 200), '') end), "id")
  WHERE status = 'failed' AND (error_code IS NULL OR reason IS NOT NULL);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "messages_reason_list" ON "messages" USING btree (
  coalesce(reason, case when error_code is null then nullif(left(error_message, 200), '') end), "id")
  WHERE status = 'failed' AND (error_code IS NULL OR reason IS NOT NULL);
--> statement-breakpoint
-- How far an import is, without counting its lines each time somebody looks.
ALTER TABLE "imports" ADD COLUMN IF NOT EXISTS "to_import" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- Who looks at a contact is told of what comes in, and of what changes on its card. Those an import makes are told by the
-- import.
CREATE OR REPLACE FUNCTION relance.notify_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('relance', json_build_object('contact', NEW.contact_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_interaction ON public.interactions;
--> statement-breakpoint
CREATE TRIGGER relance_notify_interaction AFTER INSERT ON public.interactions
  FOR EACH ROW WHEN (NEW.contact_id IS NOT NULL AND NEW.interaction_type IN ('reply', 'reaction'))
  EXECUTE FUNCTION relance.notify_contact();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.notify_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('relance', json_build_object('contact', NEW.id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_card ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_notify_card AFTER UPDATE ON public.contacts
  FOR EACH ROW WHEN ((OLD.full_number, OLD.first_name, OLD.last_name, OLD.sandbox_joined_at, OLD.sandbox_left_at,
      OLD.last_inbound_at, OLD.opted_out_at, OLD.flag)
    IS DISTINCT FROM (NEW.full_number, NEW.first_name, NEW.last_name, NEW.sandbox_joined_at, NEW.sandbox_left_at,
      NEW.last_inbound_at, NEW.opted_out_at, NEW.flag))
  EXECUTE FUNCTION relance.notify_card();
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_new_card ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_notify_new_card AFTER INSERT ON public.contacts
  FOR EACH ROW WHEN (NEW.import_id IS NULL) EXECUTE FUNCTION relance.notify_card();
--> statement-breakpoint
-- An open event stream shows what its user may see: whoever changes an account or ends a session, the stream looks again.
CREATE OR REPLACE FUNCTION relance.notify_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- the name of the column with the account's id is the trigger's argument
  PERFORM pg_notify('relance', json_build_object('user', (to_jsonb(OLD) ->> TG_ARGV[0])::int)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_user ON public.users;
--> statement-breakpoint
CREATE TRIGGER relance_notify_user AFTER UPDATE OF role, is_active ON public.users
  FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.is_active IS DISTINCT FROM NEW.is_active)
  EXECUTE FUNCTION relance.notify_user('id');
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_session_over ON public.sessions;
--> statement-breakpoint
CREATE TRIGGER relance_notify_session_over AFTER DELETE ON public.sessions
  FOR EACH ROW EXECUTE FUNCTION relance.notify_user('user_id');
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
