-- The engine's two pieces that live in the database: counters that follow the rows, and slot and claim in one
-- transaction and one round trip (docs/decisions/0002). Schema `relance` is not published by Supabase's REST interface.
CREATE SCHEMA IF NOT EXISTS relance;
--> statement-breakpoint
-- A campaign's counters are the sum, over its Message 1, of what each status counts as (countedAs in
-- server/domain/message-status.ts). A trigger on the statement keeps them so whichever way a row changes.
CREATE OR REPLACE FUNCTION relance.count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  -- Summed, not joined: a cached plan made for one row would join 100,000 to 100,000 by a nested loop.
  FOR moved IN
    SELECT
      r.campaign_id,
      coalesce(sum(sign) FILTER (WHERE r.message_type = 'message_1' AND r.status IN ('sent', 'delivered', 'read')), 0) AS sent,
      coalesce(sum(sign) FILTER (WHERE r.message_type = 'message_1' AND r.status IN ('delivered', 'read')), 0) AS delivered,
      coalesce(sum(sign) FILTER (WHERE r.message_type = 'message_1' AND r.status = 'read'), 0) AS read,
      coalesce(sum(sign) FILTER (WHERE r.message_type = 'message_1' AND r.status = 'failed'), 0) AS failed
    FROM (
      SELECT campaign_id, message_type, status, 1 AS sign FROM new_rows
      UNION ALL
      SELECT campaign_id, message_type, status, -1 FROM old_rows
    ) r
    WHERE r.campaign_id IS NOT NULL
    GROUP BY r.campaign_id
    HAVING sum(sign * hashtext(r.status)::bigint) <> 0
    ORDER BY r.campaign_id
  LOOP
    IF moved.sent <> 0 OR moved.delivered <> 0 OR moved.read <> 0 OR moved.failed <> 0 THEN
      UPDATE public.campaigns SET
        sent_count = coalesce(sent_count, 0) + moved.sent,
        delivered_count = delivered_count + moved.delivered,
        success_count = coalesce(success_count, 0) + moved.delivered,
        read_count = read_count + moved.read,
        failed_count = coalesce(failed_count, 0) + moved.failed
      WHERE id = moved.campaign_id;
    END IF;
    PERFORM pg_notify('relance', json_build_object('campaign', moved.campaign_id)::text);
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_count_messages ON public.messages;
--> statement-breakpoint
CREATE TRIGGER relance_count_messages AFTER UPDATE ON public.messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION relance.count_messages();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.notify_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('relance', json_build_object('campaign', NEW.id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_campaign ON public.campaigns;
--> statement-breakpoint
CREATE TRIGGER relance_notify_campaign AFTER UPDATE OF status, interaction_count ON public.campaigns
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.interaction_count IS DISTINCT FROM NEW.interaction_count)
  EXECUTE FUNCTION relance.notify_campaign();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION relance.notify_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('relance', json_build_object('sender', NEW.id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS relance_notify_sender ON public.senders;
--> statement-breakpoint
CREATE TRIGGER relance_notify_sender AFTER UPDATE OF pause_reason ON public.senders
  FOR EACH ROW WHEN (OLD.pause_reason IS DISTINCT FROM NEW.pause_reason)
  EXECUTE FUNCTION relance.notify_sender();
--> statement-breakpoint
-- Slot and claim (engine.md 5 and 6). Locks in the order of every other transaction: sender, campaign, message.
-- A campaign is locked FOR KEY SHARE: that waits for pause and cancel, which lock FOR UPDATE, but not for counters.
-- Verdicts: claimed; wait (the slot is `wait_ms` away); paused (the sender); idle (nothing claimable).
CREATE OR REPLACE FUNCTION relance.claim_message(p_sender integer, p_worker uuid, p_window_hours double precision)
RETURNS TABLE (
  verdict text, wait_ms double precision, attempt_id uuid, slot_at timestamptz, message_id integer,
  to_address text, from_address text, content text, content_sid text, content_variables jsonb
)
LANGUAGE plpgsql AS $$
DECLARE
  s public.senders%ROWTYPE;
  m public.messages%ROWTYPE;
  k public.contacts%ROWTYPE;
  t timestamptz;
  gap interval;
  slot timestamptz;
  claimed uuid;
  scopes integer[];
  scope integer;
  campaign_status text;
  refusal text;
  refused integer := 0;
BEGIN
  SELECT * INTO STRICT s FROM public.senders WHERE id = p_sender FOR NO KEY UPDATE;
  t := clock_timestamp();
  IF s.pause_reason IS NOT NULL THEN
    IF s.paused_until IS NULL OR s.paused_until > t THEN
      RETURN QUERY SELECT 'paused'::text, NULL::double precision, NULL::uuid, NULL::timestamptz, NULL::integer,
        NULL::text, NULL::text, NULL::text, NULL::text, NULL::jsonb;
      RETURN;
    END IF;
    UPDATE public.senders SET pause_reason = NULL, pause_code = NULL, paused_at = NULL, paused_until = NULL WHERE id = p_sender;
  END IF;
  IF s.next_slot_at > t THEN
    RETURN QUERY SELECT 'wait'::text, (extract(epoch FROM s.next_slot_at - t) * 1000)::double precision, NULL::uuid,
      NULL::timestamptz, NULL::integer, NULL::text, NULL::text, NULL::text, NULL::text, NULL::jsonb;
    RETURN;
  END IF;

  -- The campaigns that have due rows, each found by one index probe, the one after the last served first;
  -- 0 stands for messages without a campaign.
  WITH RECURSIVE due(campaign) AS (
    (SELECT coalesce(x.campaign_id, 0) FROM public.messages x
      WHERE x.sender_id = p_sender AND x.status = 'pending' AND x.next_attempt_at IS NOT NULL
      ORDER BY coalesce(x.campaign_id, 0) LIMIT 1)
    UNION ALL
    SELECT (SELECT coalesce(x.campaign_id, 0) FROM public.messages x
      WHERE x.sender_id = p_sender AND x.status = 'pending' AND x.next_attempt_at IS NOT NULL
        AND coalesce(x.campaign_id, 0) > due.campaign
      ORDER BY coalesce(x.campaign_id, 0) LIMIT 1)
    FROM due WHERE due.campaign IS NOT NULL
  )
  SELECT coalesce(array_agg(due.campaign ORDER BY due.campaign <= s.last_campaign_id, due.campaign), '{}') INTO scopes
  FROM due WHERE due.campaign IS NOT NULL;

  -- Answers, replies and tests (priority 0) of every campaign, then the campaigns in turn: retries (1) before bulk (2).
  FOR band IN 0..1 LOOP
    FOREACH scope IN ARRAY scopes LOOP
      campaign_status := 'completed';
      IF scope > 0 THEN
        SELECT c.status INTO campaign_status FROM public.campaigns c
        WHERE c.id = scope AND c.deleted_at IS NULL FOR KEY SHARE;
        -- a test may go out before the launch
        CONTINUE WHEN campaign_status IS NULL OR campaign_status NOT IN ('draft', 'scheduled', 'sending', 'completed');
      END IF;
      FOR rank IN band..(2 * band) LOOP
        LOOP
          SELECT x.* INTO m FROM public.messages x
          WHERE x.sender_id = p_sender AND coalesce(x.campaign_id, 0) = scope AND x.priority = rank
            AND x.status = 'pending' AND x.next_attempt_at IS NOT NULL AND x.next_attempt_at <= t
            AND (campaign_status = 'sending' OR x.message_type = 'test'
              OR (campaign_status = 'completed' AND x.message_type <> 'message_1'))
            AND NOT EXISTS (
              SELECT FROM public.messages f
              WHERE f.to_address = x.to_address AND f.status IN ('sending', 'uncertain'))
          ORDER BY x.next_attempt_at, x.id
          LIMIT 1
          FOR UPDATE OF x SKIP LOCKED;
          EXIT WHEN NOT FOUND;

          refusal := NULL;
          IF m.contact_id IS NOT NULL THEN
            SELECT * INTO k FROM public.contacts WHERE id = m.contact_id;
            refusal := CASE
              WHEN k.deleted_at IS NOT NULL THEN 'contact_deleted'
              WHEN k.flag IS NOT NULL THEN 'contact_flagged'
              WHEN k.opted_out_at IS NOT NULL THEN 'opted_out'
              WHEN m.content_sid IS NULL
                AND (k.last_inbound_at IS NULL OR k.last_inbound_at + p_window_hours * interval '1 hour' <= t)
                THEN 'window_closed'
            END;
          END IF;

          IF refusal IS NULL THEN
            gap := s.interval_ms * interval '1 millisecond';
            -- Below a second the slot keeps its scheduled time, at most a quarter of an interval back: without that
            -- credit the rate drifts down, with more of it two requests go at once.
            slot := CASE WHEN s.interval_ms >= 1000 THEN t ELSE greatest(s.next_slot_at, t - gap / 4) END;
            claimed := gen_random_uuid();
            UPDATE public.senders SET next_slot_at = slot + gap, last_campaign_id = scope WHERE id = p_sender;
            INSERT INTO public.message_attempts (id, message_id, number, worker_id, slot_at, claimed_at)
            VALUES (claimed, m.id, m.attempt + 1, p_worker, slot, t);
            UPDATE public.messages SET status = 'sending', attempt = m.attempt + 1, current_attempt_id = claimed,
              next_attempt_at = NULL, next_check_at = NULL, check_count = 0
            WHERE id = m.id;
            INSERT INTO public.message_events (message_id, attempt_id, type, from_status, to_status, data)
            VALUES (m.id, claimed, 'claim', 'pending', 'sending', jsonb_build_object('slot', slot, 'number', m.attempt + 1));
            RETURN QUERY SELECT 'claimed'::text, 0::double precision, claimed, slot, m.id, m.to_address, m.from_address,
              m.content, m.content_sid, m.content_variables;
            RETURN;
          END IF;

          UPDATE public.messages SET
            status = CASE WHEN refusal = 'window_closed' THEN 'failed' ELSE 'skipped' END,
            failed_at = CASE WHEN refusal = 'window_closed' THEN t END,
            reason = refusal, next_attempt_at = NULL
          WHERE id = m.id;
          INSERT INTO public.message_events (message_id, type, from_status, to_status, data)
          VALUES (m.id, 'recheck', 'pending', CASE WHEN refusal = 'window_closed' THEN 'failed' ELSE 'skipped' END,
            jsonb_build_object('reason', refusal));
          refused := refused + 1;
          IF refused >= 100 THEN
            RETURN QUERY SELECT 'wait'::text, 0::double precision, NULL::uuid, NULL::timestamptz, NULL::integer,
              NULL::text, NULL::text, NULL::text, NULL::text, NULL::jsonb;
            RETURN;
          END IF;
        END LOOP;
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN QUERY SELECT 'idle'::text, NULL::double precision, NULL::uuid, NULL::timestamptz, NULL::integer,
    NULL::text, NULL::text, NULL::text, NULL::text, NULL::jsonb;
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
--> statement-breakpoint
-- Supabase publishes `public` over REST to the roles anon and authenticated, and the previous policies apply to
-- everyone: row level security on every table, and no right left to those roles, now or by default. What belongs to an
-- extension or to somebody else (PostGIS' spatial_ref_sys) is not ours to change, and nothing of ours is in it. That
-- exception came later, see README.md.
DO $$
DECLARE
  rel record;
  role_name text;
BEGIN
  FOR rel IN SELECT c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND pg_has_role(c.relowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  LOOP
    IF rel.relkind IN ('r', 'p') THEN
      EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', rel.relname);
    END IF;
    FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('REVOKE ALL ON %s public.%I FROM %I',
          CASE rel.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, rel.relname, role_name);
      END IF;
    END LOOP;
  END LOOP;
  FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', role_name);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM %I', role_name);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM %I', role_name);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM %I', role_name);
    END IF;
  END LOOP;
END $$;
