// What happened: messages by the indexes on their times, which are those of our own clock; answers by whether they are
// counted yet, since Twilio says when each was given.
import { type SQL, sql } from "drizzle-orm";

type Counted = {
  /** moments as SQL: the first belongs to the stretch, the last does not */
  from: SQL;
  until: SQL;
  /** the zone whose days and hours are meant */
  timeZone: string;
  /** a query or name of interactions: whatever their times */
  answers: SQL;
};

/** Answers that are in neither table of the roll-up. One may come hours after its time, when an outage is over. */
export const uncounted = sql`not counted and interaction_type = 'reply' and received_at is not null`;

/**
 * A query of (day, hour, owner_id, dial_code, accepted, failed, answers): messages Twilio accepted and
 * messages that failed in a stretch of time, and the answers given. An event belongs to whoever made the campaign, outside a campaign to the author of the message or the manager
 * of the contact, else to nobody (0). No dial code: the number belongs to no contact.
 */
export function activityIn({ from, until, timeZone, answers }: Counted): SQL {
  return sql`
    select (e.at at time zone ${timeZone})::date as day, extract(hour from e.at at time zone ${timeZone})::int as hour,
      coalesce(case when e.campaign_id is not null then c.created_by else coalesce(e.author, k.created_by) end, 0) as owner_id,
      coalesce(k.country_code, '') as dial_code,
      sum(e.accepted)::int as accepted, sum(e.failed)::int as failed, sum(e.answers)::int as answers
    from (
      select a.answered_at as at, m.campaign_id, m.contact_id, m.created_by as author, 1 as accepted, 0 as failed, 0 as answers
      from message_attempts a join messages m on m.id = a.message_id
      where a.sid is not null and a.answered_at >= ${from} and a.answered_at < ${until}
      union all
      select failed_at, campaign_id, contact_id, created_by, 0, 1, 0 from messages
      where failed_at is not null and failed_at >= ${from} and failed_at < ${until}
      union all
      -- as the previous system wrote it: UTC without a zone
      select received_at at time zone 'UTC', campaign_id, contact_id, null, 0, 0, 1 from ${answers} answers) e
    left join campaigns c on c.id = e.campaign_id
    left join contacts k on k.id = e.contact_id
    group by 1, 2, 3, 4`;
}
