import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { interactions } from "#db/schema/messages.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import { type Keyword, keywordOf } from "#server/domain/opt-out.ts";
import { numberInAddress } from "#server/domain/phone.ts";

type Adoption = {
  contactId: number;
  /** the sender's `From`, as it came */
  address: string;
};

/**
 * Moves what an unknown sender wrote into the conversation of the contact they are, and draws from it what would have been
 * drawn had the contact been there: window, membership, external id, and a STOP above all. Nothing when nobody unknown
 * has this address.
 */
export async function adoptUnknownSender(tx: Transaction, { contactId, address }: Adoption): Promise<void> {
  const [sender] = await tx
    .select()
    .from(unknownSenders)
    .where(and(eq(unknownSenders.address, address), isNull(unknownSenders.contactId)))
    .for("update");
  if (!sender) return;
  await tx
    .update(unknownSenders)
    .set({ contactId, optedOutAt: null })
    .where(eq(unknownSenders.id, sender.id));
  await drawConclusions(tx, contactId, sender);
  await moveMessages(tx, contactId, sender.id);
}

async function moveMessages(tx: Transaction, contactId: number, senderId: number): Promise<void> {
  await tx.execute(sql`
    insert into ${interactions} (contact_id, interaction_type, content, whatsapp_message_id, inbound_sid, details, received_at)
    select ${contactId}::int, case when details ->> 'MessageType' = 'reaction' then 'reaction' else 'reply' end, content, inbound_sid, inbound_sid,
      coalesce(details, '{}') || jsonb_build_object('AdoptedAt', now()), received_at at time zone 'UTC'
    from ${unknownSenderMessages} where unknown_sender_id = ${senderId}::int order by received_at, id
    on conflict (inbound_sid) do nothing`);
  await tx.delete(unknownSenderMessages).where(eq(unknownSenderMessages.unknownSenderId, senderId));
}

async function drawConclusions(
  tx: Transaction,
  contactId: number,
  { id, address, externalUserId }: typeof unknownSenders.$inferSelect,
): Promise<void> {
  const written = await tx
    .select({ content: unknownSenderMessages.content, at: unknownSenderMessages.receivedAt })
    .from(unknownSenderMessages)
    .where(eq(unknownSenderMessages.unknownSenderId, id))
    .orderBy(unknownSenderMessages.receivedAt, unknownSenderMessages.id);
  if (written.length === 0) return;
  const said = written.map(({ content, at }) => ({ wish: keywordOf(content), at: at.toISOString() }));
  const last = said.findLast(({ wish }) => wish === "stop" || wish === "start");
  const limits = sql`from ${unknownSenderMessages} w where w.unknown_sender_id = ${id}::int`;
  const newest = sql`(select max(w.received_at) ${limits})`;
  const oldest = sql`(select min(w.received_at) ${limits})`;
  const externalId = externalUserId ?? (numberInAddress(address) ? null : address);
  await tx
    .update(contacts)
    .set({
      lastInboundAt: sql`greatest(${contacts.lastInboundAt}, ${newest})`,
      conversedAt: sql`greatest(${contacts.conversedAt}, ${newest})`,
      sandboxJoinedAt: sql`coalesce(${contacts.sandboxJoinedAt}, ${oldest})`,
      sandboxLeftAt:
        said.at(-1)?.wish === "stop"
          ? newest
          : sql`case when ${contacts.sandboxLeftAt} > ${newest}
        then ${contacts.sandboxLeftAt} end`,
      ...(last && { optedOutAt: wished(last) }),
      ...(externalId && {
        externalUserId: sql`coalesce(${contacts.externalUserId}, case when not exists (
          select from contacts c where c.external_user_id = ${externalId}) then ${externalId}::text end)`,
      }),
    })
    .where(eq(contacts.id, contactId));
}

/** As of when it was said: a START takes back nothing that was decided later. */
function wished({ wish, at }: { wish: Keyword | null; at: string }): SQL {
  const then = sql`${at}::timestamptz`;
  return wish === "stop"
    ? sql`greatest(${contacts.optedOutAt}, ${then})`
    : sql`case when ${contacts.optedOutAt} > ${then} then ${contacts.optedOutAt} end`;
}
