// What a person left in the tables beside their contact. Rows stay, for what is counted from them; what they say goes.
// Twilio's references (SID) stay too: the proof of the ledger is made of them, and who holds the account can look them up
// at Twilio, where the texts are erased with Twilio's own means (docs/decisions/0010).
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

type Person = {
  contactId: number;
  fullNumber: string;
  names: readonly string[];
  /** as Twilio writes them in `From` */
  addresses: readonly string[];
};

/** Empties every row about the person; the contact's own row is left to the caller. */
export async function eraseTraces(tx: Transaction, person: Person): Promise<void> {
  await eraseCalls(tx, person);
  await eraseMessages(tx, person);
  await eraseLists(tx, person);
  await eraseAudit(tx, person);
}

/** Before the rows are emptied that say which calls they are. */
async function eraseCalls(tx: Transaction, { contactId, addresses }: Person): Promise<void> {
  const known = textArray(addresses);
  await tx.execute(sql`
    with sids as materialized (
      select a.sid from message_attempts a join messages m on m.id = a.message_id
      where m.contact_id = ${contactId} and a.sid is not null
      union select whatsapp_message_id from messages where contact_id = ${contactId} and whatsapp_message_id is not null
      union select coalesce(inbound_sid, whatsapp_message_id) from interactions where contact_id = ${contactId}
      union select w.inbound_sid from unknown_sender_messages w
        join unknown_senders u on u.id = w.unknown_sender_id where u.address = any(${known}))
    update webhook_events e set raw_body = '', url = split_part(url, '?', 1), headers = null, match = null, ip = null,
      error = null, params = jsonb_strip_nulls(jsonb_build_object('MessageStatus', params -> 'MessageStatus',
        'ErrorCode', params -> 'ErrorCode'))
    where e.message_sid in (select sid from sids)
      or (e.kind = 'inbound' and e.params ->> 'From' = any(${known}))
      or (e.kind = 'status' and e.params ->> 'To' = any(${known}))`);
  await tx.execute(
    sql`delete from unknown_senders where contact_id = ${contactId} or address = any(${known})`,
  );
}

async function eraseMessages(tx: Transaction, { contactId }: Person): Promise<void> {
  const own = sql`(select id from messages where contact_id = ${contactId})`;
  await tx.execute(sql`update message_attempts set error_message = null where message_id in ${own}`);
  await tx.execute(sql`
    update message_events set data = data - 'message' where message_id in ${own} and data ? 'message'`);
  await tx.execute(sql`
    update messages set content = '', content_variables = null, error_message = null, next_check_at = null,
      to_address = case when to_address is not null then 'erased:' || contact_id end
    where contact_id = ${contactId}`);
  // a join is counted as no answer, by its text
  await tx.execute(sql`
    update interactions set details = null,
      content = case when content ~* '^\s*join\s+\S' then 'join …' else '' end
    where contact_id = ${contactId}`);
}

async function eraseLists(tx: Transaction, { contactId, fullNumber }: Person): Promise<void> {
  await tx.execute(sql`delete from category_contacts where contact_id = ${contactId}`);
  await tx.execute(
    sql`update contact_changes set before = null, after = null where contact_id = ${contactId}`,
  );
  await tx.execute(sql`
    with emptied as (
      update import_rows set cells = '{}', full_number = null, national_number = null, first_name = null, last_name = null,
        verdict = case when contact_id is null and verdict in ('accepted', 'repaired') then 'refused' else verdict end,
        reason = case when contact_id is null and verdict in ('accepted', 'repaired') then 'gone_since' else reason end
      where contact_id = ${contactId} or full_number = ${fullNumber}
      returning import_id)
    update imports set settings = jsonb_set(settings, '{samples}', '[]')
    where id in (select import_id from emptied) and status in ('done', 'undone', 'failed')`);
}

async function eraseAudit(tx: Transaction, { contactId, fullNumber, names }: Person): Promise<void> {
  await tx.execute(sql`
    select relance.erase_contact_audit(${contactId}::int, ${fullNumber}::text, ${textArray(names)})`);
}

function textArray(texts: readonly string[]): SQL {
  const each = texts.map((text) => sql`${text}::text`);
  return sql`array[${sql.join(each, sql`, `)}]::text[]`;
}
