-- A STOP is the recipient's word, whoever's contact they are. A test to a number that is no contact of its sender has no
-- contact of its own, so the claim asks by the number: the contacts, and those who wrote without being one.
ALTER TABLE "unknown_senders" ADD COLUMN IF NOT EXISTS "opted_out_at" timestamp with time zone;
--> statement-breakpoint
-- What they said so far, the last word deciding; the courtesies that people put around it are server/domain/opt-out.ts's.
WITH said AS (
  SELECT unknown_sender_id, received_at, id,
    regexp_replace(translate(lower(content), 'àâäçéèêëîïôöùûü', 'aaaceeeeiioouuu'), '[^a-z0-9]+', '', 'g') AS word
  FROM public.unknown_sender_messages
), wishes AS (
  SELECT DISTINCT ON (unknown_sender_id) unknown_sender_id, received_at,
    word NOT IN ('start', 'unstop', 'reprendre', 'reabonner', 'reabonnement', 'mereabonner') AS stop
  FROM said
  WHERE word IN ('start', 'unstop', 'reprendre', 'reabonner', 'reabonnement', 'mereabonner', 'stop', 'stopall', 'stopsms',
    'stopwhatsapp', 'stoppub', 'stoppromotions', 'arret', 'arreter', 'arretez', 'desabonner', 'desabonnement',
    'desabonnezmoi', 'medesabonner', 'desinscrire', 'desinscription', 'desinscrivezmoi', 'medesinscrire', 'unsubscribe',
    'optout', 'revoke', 'quit', 'fin')
  ORDER BY unknown_sender_id, received_at DESC, id DESC
)
UPDATE public.unknown_senders u SET opted_out_at = w.received_at FROM wishes w
WHERE w.unknown_sender_id = u.id AND w.stop;
--> statement-breakpoint
-- As in 0001, with the question for messages without a contact.
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
          ELSIF EXISTS (SELECT FROM public.contacts c
              WHERE c.full_number = substr(m.to_address, length('whatsapp:') + 1) AND c.opted_out_at IS NOT NULL)
            OR EXISTS (SELECT FROM public.unknown_senders u
              WHERE u.address = m.to_address AND u.contact_id IS NULL AND u.opted_out_at IS NOT NULL) THEN
            refusal := 'opted_out';
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
-- Who came back after Twilio refused them (63015) is asked on a page of its own: their few messages, by contact.
CREATE INDEX IF NOT EXISTS "messages_not_joined" ON "messages" USING btree ("contact_id")
  WHERE status = 'failed' AND error_code = 63015 AND message_type = 'message_1';
