// Reading those who wrote and are in no contacts: nobody's, and so the super admin's.
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import type { Stranger, StrangerPage } from "#server/conversations/views.ts";
import { inboundContent } from "#server/domain/inbound-content.ts";
import { keywordOf } from "#server/domain/opt-out.ts";
import { numberInAddress } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { readTimeCursor, writeTimeCursor } from "#server/lists/time-cursor.ts";
import { turnPage } from "#server/lists/turn-page.ts";

const pageSize = 25;
const messagesShown = 100;

type ListQuery = { after?: string | null | undefined; before?: string | null | undefined };

/** One page of them, who wrote last first (`turnPage`). */
export async function listUnknownSenders(db: Executor, { after, before }: ListQuery): Promise<StrangerPage> {
  const page = await turnPage(
    { after: readTimeCursor(after), before: readTimeCursor(before) },
    {
      size: pageSize,
      read: ({ from, backwards, limit }) => {
        const direction = backwards ? sql`asc` : sql`desc`;
        const beyond =
          from &&
          sql`(${unknownSenders.lastSeenAt}, ${unknownSenders.id})
            ${backwards ? sql`>` : sql`<`} (${from.at}::timestamptz, ${from.id}::int)`;
        return selectSenders(db)
          .where(and(isNull(unknownSenders.contactId), beyond ?? undefined))
          .orderBy(sql`${unknownSenders.lastSeenAt} ${direction}`, sql`${unknownSenders.id} ${direction}`)
          .limit(limit);
      },
      cursorOf: ({ id, at }) => ({ id, at }),
    },
  );
  return {
    rows: page.rows.map(shown),
    previous: page.previous && writeTimeCursor(page.previous),
    next: page.next && writeTimeCursor(page.next),
  };
}

/** How many there are, as far as one counts. */
export async function countUnknownSenders(db: Executor): Promise<number> {
  const { total } = await countUpTo(db, sql`select from ${unknownSenders} where contact_id is null`);
  return total;
}

/** One of them with what they wrote. AppError unknown_sender.not_found: also when they are a contact now. */
export async function requireUnknownSender(db: Executor, { id }: { id: number }): Promise<Stranger> {
  const [sender] = await selectSenders(db).where(
    and(eq(unknownSenders.id, id), isNull(unknownSenders.contactId)),
  );
  if (!sender) throw new AppError("unknown_sender.not_found");
  const messages = await db
    .select()
    .from(unknownSenderMessages)
    .where(eq(unknownSenderMessages.unknownSenderId, id))
    .orderBy(desc(unknownSenderMessages.receivedAt), desc(unknownSenderMessages.id))
    .limit(messagesShown);
  return {
    ...shown(sender),
    messages: messages.reverse().map(({ id, content, details, receivedAt }) => {
      const { repliedToSid: _, ...beside } = inboundContent(details);
      return { id, at: receivedAt, text: content, keyword: keywordOf(content), ...beside };
    }),
  };
}

function selectSenders(db: Executor) {
  const written = (what: SQL, order: SQL): SQL => sql`(
    select ${what} from unknown_sender_messages w where w.unknown_sender_id = ${unknownSenders}.id ${order})`;
  return db
    .select({
      id: unknownSenders.id,
      address: unknownSenders.address,
      profileName: unknownSenders.profileName,
      lastSeenAt: unknownSenders.lastSeenAt,
      at: sql<string>`${unknownSenders.lastSeenAt}::text`,
      text: sql<string>`coalesce(${written(sql`left(w.content, 200)`, sql`order by w.received_at desc, w.id desc limit 1`)}, '')`,
      messageCount: sql<number>`${written(sql`count(*)::int`, sql``)}`,
    })
    .from(unknownSenders);
}

type Found = Awaited<ReturnType<typeof selectSenders>>[number];

function shown({ at: _, ...sender }: Found): StrangerPage["rows"][number] {
  return { ...sender, number: numberInAddress(sender.address) };
}
