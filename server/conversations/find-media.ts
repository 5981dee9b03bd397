// Where a file that came with a message lies at Twilio. Its address never leaves the server.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { visibleAnswer } from "#server/contacts/visible-history.ts";
import { requireConversation } from "#server/conversations/require-conversation.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Place = {
  user: SignedInUser;
  /** the contact */
  contactId: number;
  /** the message received */
  id: number;
  index: number;
};

/** Of a message of one of the user's contacts. AppErrors contact.not_found, media.not_found. */
export async function findMedia(
  db: Executor,
  { user, contactId, id, index }: Place,
): Promise<{ url: string }> {
  await requireConversation(db, { user, id: contactId });
  return mediaUrl(
    db,
    sql`select i.details from interactions i left join campaigns k on k.id = i.campaign_id
      where i.id = ${id}::int and i.contact_id = ${contactId}::int and ${visibleAnswer(user, contactId)}`,
    index,
  );
}

/** Of a message of an unknown sender; who may ask is the caller's to know. AppError media.not_found. */
export async function findStrangerMedia(
  db: Executor,
  { strangerId, id, index }: { strangerId: number; id: number; index: number },
): Promise<{ url: string }> {
  return mediaUrl(
    db,
    sql`select details from unknown_sender_messages
      where id = ${id}::bigint and unknown_sender_id = ${strangerId}::int`,
    index,
  );
}

async function mediaUrl(db: Executor, message: SQL, index: number): Promise<{ url: string }> {
  const [row] = await queryRows<{ url: string | null }>(
    db,
    sql`select details -> 'media' -> ${index}::int ->> 'url' as url from (${message}) found`,
  );
  if (!row?.url) throw new AppError("media.not_found");
  return { url: row.url };
}
