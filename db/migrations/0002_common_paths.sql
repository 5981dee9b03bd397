-- The two commonest writes of the engine in one round trip each (docs/decisions/0004): the answer "accepted", and the
-- callbacks sent, delivered and read of a message that goes its usual way. Whatever is not usual is left untouched for
-- the general code (server/messages/settle-attempt.ts, apply-status.ts), which these agree with row by row.
CREATE OR REPLACE FUNCTION relance.accept_answer(
  p_message integer, p_attempt uuid, p_sid text, p_http_status integer, p_requested_after_ms double precision,
  p_poll_seconds double precision
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  m public.messages%ROWTYPE;
BEGIN
  PERFORM FROM public.campaigns WHERE id = (SELECT campaign_id FROM public.messages WHERE id = p_message)
    FOR NO KEY UPDATE;
  SELECT * INTO m FROM public.messages WHERE id = p_message FOR UPDATE;
  IF NOT FOUND OR m.status <> 'sending' OR m.current_attempt_id IS DISTINCT FROM p_attempt
    OR EXISTS (SELECT FROM public.senders WHERE id = m.sender_id AND uncertain_streak <> 0) THEN
    RETURN false;
  END IF;
  UPDATE public.message_attempts SET requested_at = claimed_at + p_requested_after_ms * interval '1 millisecond',
    answered_at = now(), outcome = 'accepted', sid = p_sid, http_status = p_http_status
  WHERE id = p_attempt AND outcome IS NULL;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE public.messages SET status = 'sent', whatsapp_message_id = p_sid, sent_at = now(), error_code = NULL,
    error_message = NULL, reason = NULL, failed_at = NULL, next_attempt_at = NULL,
    next_check_at = now() + p_poll_seconds * interval '1 second', check_count = 0
  WHERE id = p_message;
  INSERT INTO public.message_events (message_id, attempt_id, type, from_status, to_status, data)
  VALUES (p_message, p_attempt, 'accept', 'sending', 'sent', jsonb_build_object('sid', p_sid, 'by', 'answer'));
  RETURN true;
END $$;
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
      UPDATE public.contacts SET sandbox_joined_at = coalesce(sandbox_joined_at, now()), sandbox_left_at = NULL
      WHERE id = m.contact_id AND (sandbox_joined_at IS NULL OR sandbox_left_at IS NOT NULL);
    END IF;
    UPDATE public.webhook_events SET applied_at = clock_timestamp(), result = 'applied', error = NULL WHERE id = e.id;
    RETURN NEXT e.id;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA relance FROM PUBLIC;
