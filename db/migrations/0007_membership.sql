-- Whoever received a message was a member of the sandbox when it was sent, however late the news. When no join is known that
-- lasted until then (Twilio keeps joins to itself) there has been another. Three days are Twilio's own 72 hours, whatever
-- SANDBOX_MEMBERSHIP_HOURS says to the people. What went to another number than the contact has now says nothing of it.
CREATE OR REPLACE FUNCTION relance.conclude_membership(p_contact integer, p_to text, p_sent timestamptz) RETURNS void
LANGUAGE sql AS $$
  UPDATE public.contacts SET sandbox_joined_at = p_sent, sandbox_left_at = NULL
  WHERE id = p_contact AND 'whatsapp:' || full_number = p_to AND coalesce(sandbox_left_at, '-infinity') < p_sent
    AND (sandbox_joined_at IS NULL OR sandbox_left_at IS NOT NULL OR sandbox_joined_at + interval '3 days' < p_sent);
$$;
--> statement-breakpoint
-- Locks as every other transaction does: events, campaigns in the order of their ids, messages.
CREATE OR REPLACE FUNCTION relance.apply_usual_statuses(p_events bigint[]) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
  e record;
  m public.messages%ROWTYPE;
  is_streak boolean;
BEGIN
  PERFORM FROM public.webhook_events WHERE id = ANY (p_events) AND applied_at IS NULL ORDER BY id
    FOR UPDATE SKIP LOCKED;
  PERFORM FROM public.campaigns WHERE id IN (
    SELECT x.campaign_id FROM public.webhook_events w
    JOIN public.message_attempts a ON a.id = w.attempt_id JOIN public.messages x ON x.id = a.message_id
    WHERE w.id = ANY (p_events)) ORDER BY id FOR NO KEY UPDATE;
  FOR e IN
    SELECT w.id, w.params ->> 'MessageStatus' AS status, a.id AS attempt, a.sid, a.message_id, w.params ->> 'To' AS recipient,
      to_char(w.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS received
    FROM public.webhook_events w
    JOIN public.message_attempts a ON a.id = w.attempt_id AND a.sid = w.message_sid AND a.outcome = 'accepted'
    WHERE w.id = ANY (p_events) AND w.applied_at IS NULL AND w.verdict = 'accepted' AND w.kind = 'status'
      AND jsonb_typeof(w.params -> 'MessageStatus') = 'string' AND jsonb_typeof(w.params -> 'To') = 'string'
      AND w.params ->> 'MessageStatus' IN ('sent', 'delivered', 'read')
      AND NOT w.params ?| ARRAY['ErrorCode', 'ErrorMessage', 'ChannelStatusMessage']
    ORDER BY a.message_id, w.id
    FOR UPDATE OF w SKIP LOCKED
  LOOP
    SELECT * INTO m FROM public.messages WHERE id = e.message_id FOR UPDATE;
    SELECT EXISTS (SELECT FROM public.senders WHERE id = m.sender_id AND refusal_streak <> 0)
      OR EXISTS (SELECT FROM public.campaigns WHERE id = m.campaign_id AND failure_streak <> 0) INTO is_streak;
    CONTINUE WHEN is_streak OR m.current_attempt_id IS DISTINCT FROM e.attempt OR m.to_address <> e.recipient
      OR m.status NOT IN ('sent', 'delivered', 'read');

    INSERT INTO public.message_events (message_id, attempt_id, type, data)
    VALUES (m.id, e.attempt, 'status', jsonb_build_object('status', e.status, 'code', NULL, 'message', NULL,
      'by', 'callback', 'sid', e.sid, 'webhookEventId', e.id, 'receivedAt', e.received));
    IF (e.status = 'delivered' AND m.status = 'sent') OR (e.status = 'read' AND m.status <> 'read') THEN
      UPDATE public.messages SET status = e.status, whatsapp_message_id = e.sid, sent_at = coalesce(sent_at, now()),
        delivered_at = coalesce(delivered_at, now()),
        read_at = CASE WHEN e.status = 'read' THEN coalesce(read_at, now()) ELSE read_at END,
        next_attempt_at = NULL, next_check_at = NULL
      WHERE id = m.id;
      INSERT INTO public.message_events (message_id, attempt_id, type, from_status, to_status, data)
      VALUES (m.id, e.attempt, CASE m.status WHEN 'sent' THEN 'deliver' ELSE 'read' END, m.status, e.status,
        jsonb_build_object('sid', e.sid, 'by', 'callback'));
      PERFORM relance.conclude_membership(m.contact_id, e.recipient, coalesce(m.sent_at AT TIME ZONE 'UTC', now()));
    END IF;
    UPDATE public.webhook_events SET applied_at = clock_timestamp(), result = 'applied', error = NULL WHERE id = e.id;
    RETURN NEXT e.id;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
