-- What the inbox needs: its order, what is unread, who is told of what came, and each user's quick replies.
ALTER TABLE "contacts"
  ADD COLUMN IF NOT EXISTS "conversed_at" timestamp with time zone,
  ADD COLUMN IF NOT EXISTS "inbound_read_at" timestamp with time zone;
--> statement-breakpoint
-- What was answered before there was an inbox is in it, and read.
UPDATE "contacts" c SET conversed_at = greatest(c.last_inbound_at, a.at AT TIME ZONE 'UTC'),
  inbound_read_at = greatest(c.last_inbound_at, a.at AT TIME ZONE 'UTC')
FROM (
  SELECT k.id, (SELECT max(i.received_at) FROM "interactions" i
    WHERE i.contact_id = k.id AND i.interaction_type IN ('reply', 'reaction')) AS at
  FROM "contacts" k) a
WHERE a.id = c.id AND c.conversed_at IS NULL AND (c.last_inbound_at IS NOT NULL OR a.at IS NOT NULL);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_conversed_owner" ON "contacts" USING btree ("created_by", "conversed_at", "id")
  WHERE deleted_at IS NULL AND conversed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_conversed" ON "contacts" USING btree ("conversed_at", "id")
  WHERE deleted_at IS NULL AND conversed_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "contacts_unread" ON "contacts" USING btree ("created_by", "conversed_at", "id")
  WHERE deleted_at IS NULL AND conversed_at IS NOT NULL
    AND last_inbound_at > coalesce(inbound_read_at, '-infinity'::timestamptz);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "quick_replies" (
  "id" serial PRIMARY KEY NOT NULL,
  "user_id" integer NOT NULL CONSTRAINT "quick_replies_user_id_users_id_fk" REFERENCES "users"("id") ON DELETE CASCADE,
  "shortcut" text NOT NULL,
  "content" text NOT NULL,
  "updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "quick_replies_user_id_shortcut_key" UNIQUE ("user_id", "shortcut")
);
--> statement-breakpoint
-- Who looks at a conversation is told of what becomes of a reply, and of who has read.
DROP TRIGGER IF EXISTS relance_notify_reply ON public.messages;
--> statement-breakpoint
CREATE TRIGGER relance_notify_reply AFTER INSERT OR UPDATE OF status ON public.messages
  FOR EACH ROW WHEN (NEW.contact_id IS NOT NULL AND NEW.message_type = 'reply')
  EXECUTE FUNCTION relance.notify_contact();
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_reading ON public.contacts;
--> statement-breakpoint
CREATE TRIGGER relance_notify_reading AFTER UPDATE OF inbound_read_at ON public.contacts
  FOR EACH ROW WHEN (OLD.inbound_read_at IS DISTINCT FROM NEW.inbound_read_at)
  EXECUTE FUNCTION relance.notify_card();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.notify_stranger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('relance', json_build_object('stranger', NEW.unknown_sender_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_stranger ON public.unknown_sender_messages;
--> statement-breakpoint
CREATE TRIGGER relance_notify_stranger AFTER INSERT ON public.unknown_sender_messages
  FOR EACH ROW EXECUTE FUNCTION relance.notify_stranger();
--> statement-breakpoint
-- The list of unknown senders, the latest first, without those who became contacts.
CREATE INDEX IF NOT EXISTS "unknown_senders_list" ON "unknown_senders" USING btree ("last_seen_at", "id")
  WHERE contact_id IS NULL;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
--> statement-breakpoint
DO $$
DECLARE
  role_name text;
BEGIN
  ALTER TABLE public.quick_replies ENABLE ROW LEVEL SECURITY;
  FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('REVOKE ALL ON TABLE public.quick_replies FROM %I', role_name);
    END IF;
  END LOOP;
END $$;
