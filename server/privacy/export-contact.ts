import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { users } from "#db/schema/users.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { requireContact } from "#server/contacts/queries.ts";
import {
  visibleAnswer,
  visibleCall,
  visibleChange,
  visibleMessage,
} from "#server/contacts/visible-history.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { ContactFile } from "#server/privacy/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Exported = { user: SignedInUser; id: number };

type Rows = Record<string, unknown>[];

/**
 * All that is held about a contact, times in ISO 8601. What another admin's campaigns sent is left out for an admin, and
 * `complete` is false then: a super admin's file has everything. AppError contact.not_found.
 */
export async function exportContact(db: Executor, { user, id }: Exported): Promise<ContactFile> {
  await requireContact(db, { user, id });
  const [contact] = await db
    .select({
      id: contacts.id,
      fullNumber: contacts.fullNumber,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      whatsappUserId: contacts.externalUserId,
      createdAt: contacts.createdAt,
      managedBy: users.email,
      sandboxJoinedAt: contacts.sandboxJoinedAt,
      sandboxLeftAt: contacts.sandboxLeftAt,
      lastInboundAt: contacts.lastInboundAt,
      optedOutAt: contacts.optedOutAt,
      flag: contacts.flag,
    })
    .from(contacts)
    .leftJoin(users, eq(users.id, contacts.createdBy))
    .where(eq(contacts.id, id));
  if (!contact) throw new Error(`contact ${id} went while it was exported`);
  const messages = await messagesTo(db, user, id);
  const answers = await answersOf(db, user, id);
  const changes = await queryRows(
    db,
    sql`select h.at, h.action, h.before, h.after from contact_changes h
      where h.contact_id = ${id} and ${visibleChange(id)} order by h.id`,
  );
  const [held] = await queryRows<{ messages: number; answers: number }>(
    db,
    sql`select (select count(*)::int from messages where contact_id = ${id}) as messages,
      (select count(*)::int from interactions where contact_id = ${id}
        and interaction_type in ('reply', 'reaction')) as answers`,
  );
  return {
    exportedAt: new Date().toISOString(),
    complete: held?.messages === messages.length && held.answers === answers.length,
    contact,
    categories: ((await categoriesOf(db, { user, contactIds: [id] })).get(id) ?? []).map(({ name }) => name),
    messages,
    answers,
    changes,
    calls: await callsAbout(db, { user, id, address: whatsappAddress(contact.fullNumber) }),
  };
}

function messagesTo(db: Executor, user: SignedInUser, id: number): Promise<Rows> {
  return queryRows(
    db,
    sql`
    select m.id, k.name as campaign, m.message_type as type, m.content, m.content_variables as variables, m.status,
      m.error_code as "errorCode", m.error_message as "errorMessage", m.reason, m.whatsapp_message_id as "twilioSid",
      ${utc("m.created_at")} as "createdAt", ${utc("m.sent_at")} as "sentAt",
      ${utc("m.delivered_at")} as "deliveredAt", ${utc("m.read_at")} as "readAt",
      (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'type', e.type, 'from', e.from_status,
        'to', e.to_status, 'data', e.data) order by e.id), '[]') from message_events e where e.message_id = m.id) as events
    from messages m left join campaigns k on k.id = m.campaign_id
    where m.contact_id = ${id} and ${visibleMessage(user, id)} order by m.id`,
  );
}

function answersOf(db: Executor, user: SignedInUser, id: number): Promise<Rows> {
  return queryRows(
    db,
    sql`
    select i.id, k.name as campaign, i.interaction_type as type, i.content, i.details, i.inbound_sid as "twilioSid",
      ${utc("i.received_at")} as "receivedAt"
    from interactions i left join campaigns k on k.id = i.campaign_id
    where i.contact_id = ${id} and ${visibleAnswer(user, id)} order by i.id`,
  );
}

/** What Twilio called about them and is still kept as it came: about messages, and with answers, that the user sees. */
function callsAbout(db: Executor, { user, id, address }: Exported & { address: string }): Promise<Rows> {
  return queryRows(
    db,
    sql`
    select e.received_at as "receivedAt", e.kind, e.params from webhook_events e
    where e.verdict = 'accepted' and (
      e.kind = 'inbound' and e.params ->> 'From' = ${address} and (${visibleCall(user, id)} or e.message_sid in (
        select coalesce(i.inbound_sid, i.whatsapp_message_id) from interactions i
        left join campaigns k on k.id = i.campaign_id where i.contact_id = ${id} and ${visibleAnswer(user, id)}))
      or e.message_sid in (
        select a.sid from message_attempts a join messages m on m.id = a.message_id
        left join campaigns k on k.id = m.campaign_id where m.contact_id = ${id} and ${visibleMessage(user, id)}))
    order by e.id`,
  );
}

/** A time of the previous tables, which hold UTC without saying so. */
const utc = (column: string) => sql.raw(`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
