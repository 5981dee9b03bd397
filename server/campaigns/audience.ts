// Whom a campaign would reach if it were launched now.
import { and, asc, countDistinct, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categories, categoryContacts, contacts } from "#db/schema/contacts.ts";
import type { Audience } from "#server/campaigns/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const sampleSize = 10;

/** As a launch decides it (launch-campaign.ts). */
const excluded = sql`(${contacts.flag} is not null or ${contacts.optedOutAt} is not null
  or (${contacts.sandboxLeftAt} is not null
    and (${contacts.lastInboundAt} is null or ${contacts.lastInboundAt} <= ${contacts.sandboxLeftAt})))`;

/**
 * The contacts of the user's categories, each once: how many would get Message 1, how many a launch would set aside
 * (opted out, flagged, left the sandbox), and a few of them for a preview. Categories of others count as empty.
 */
export async function findAudience(
  db: Executor,
  { user, categoryIds }: { user: SignedInUser; categoryIds: number[] },
): Promise<Audience> {
  const chosen = and(
    inArray(categories.id, categoryIds),
    ownedBy(user, categories.createdBy),
    isNull(contacts.deletedAt),
  );
  const [totals] = await db
    .select({
      recipients: countDistinct(sql`case when not ${excluded} then ${contacts.id} end`),
      excluded: countDistinct(sql`case when ${excluded} then ${contacts.id} end`),
    })
    .from(contacts)
    .innerJoin(categoryContacts, eq(categoryContacts.contactId, contacts.id))
    .innerJoin(categories, eq(categories.id, categoryContacts.categoryId))
    .where(chosen);
  const samples = await db
    .selectDistinct({
      id: contacts.id,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      fullNumber: contacts.fullNumber,
    })
    .from(contacts)
    .innerJoin(categoryContacts, eq(categoryContacts.contactId, contacts.id))
    .innerJoin(categories, eq(categories.id, categoryContacts.categoryId))
    .where(and(chosen, sql`not ${excluded}`))
    .orderBy(asc(contacts.id))
    .limit(sampleSize);
  return { recipients: totals?.recipients ?? 0, excluded: totals?.excluded ?? 0, samples };
}
