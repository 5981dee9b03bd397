// The command palette's search: the few best of everything that has a page of its own.
import { and, desc, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignNamed } from "#server/campaigns/list-campaigns.ts";
import { campaignStatus } from "#server/campaigns/queries.ts";
import { c, contactNamed } from "#server/contacts/find-contacts.ts";
import type { SearchResults } from "#server/search/views.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const most = 6;

/** The user's newest campaigns and contacts that the words name, archived campaigns too; nothing for nothing. */
export async function searchEverything(
  db: Executor,
  { user, text }: { user: SignedInUser; text: string },
): Promise<SearchResults> {
  if (text.trim() === "") return { campaigns: [], contacts: [] };
  const foundCampaigns = await db
    .select({ id: campaigns.id, name: campaigns.name, status: campaignStatus })
    .from(campaigns)
    .where(and(isNull(campaigns.deletedAt), ownedBy(user, campaigns.createdBy), campaignNamed(text)))
    .orderBy(desc(campaigns.id))
    .limit(most);
  const foundContacts = await db
    .select({ id: c.id, firstName: c.firstName, lastName: c.lastName, fullNumber: c.fullNumber })
    .from(c)
    .where(and(isNull(c.deletedAt), ownedBy(user, c.createdBy), contactNamed(text)))
    .orderBy(desc(c.id))
    .limit(most);
  return { campaigns: foundCampaigns, contacts: foundContacts };
}
