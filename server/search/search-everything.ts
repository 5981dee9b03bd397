// The command palette's search: the few best of everything that has a page of its own.
import { and, desc, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { campaignNamed } from "#server/campaigns/list-campaigns.ts";
import { campaignStatus } from "#server/campaigns/queries.ts";
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
    .select({
      id: contacts.id,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
      fullNumber: contacts.fullNumber,
    })
    .from(contacts)
    .where(and(isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy), contactNamed(text)))
    .orderBy(desc(contacts.id))
    .limit(most);
  return { campaigns: foundCampaigns, contacts: foundContacts };
}

/** As the index `contacts_search` has it. */
const searched = sql`relance.plain(coalesce(${contacts.firstName}, '') || ' ' || coalesce(${contacts.lastName}, '')
  || ' ' || ${contacts.fullNumber})`;

/** Every word somewhere in name or number; a number also as it is written, with spaces, with +33 or with 0. */
function contactNamed(text: string): SQL | undefined {
  const containing = (word: string) => {
    const escaped = word.replace(/[\\%_]/g, "\\$&");
    return sql`${searched} like '%' || relance.plain(${escaped}) || '%'`;
  };
  const words = text.normalize("NFC").split(/\s+/).filter(Boolean);
  const byWords = and(...words.map(containing));
  const digits = /^[\d\s+().-]+$/.test(text) ? text.replace(/\D/g, "").replace(/^0+/, "") : "";
  return digits.length > 2 ? or(byWords, containing(digits)) : byWords;
}
