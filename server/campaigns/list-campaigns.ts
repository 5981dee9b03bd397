// The list of campaigns, page after page by their ids: no page costs more than the first, however far it is.
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignStatus, categoriesOf, rowColumns } from "#server/campaigns/queries.ts";
import type { CampaignPage } from "#server/campaigns/views.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { type Reading, type Turn, turnPage } from "#server/lists/turn-page.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const pageSize = 50;

type ListQuery = {
  user: SignedInUser;
  search?: string | null | undefined;
  status?: CampaignStatus | null | undefined;
  archived?: boolean | undefined;
} & Turn<number>;

/**
 * One page of the user's campaigns, the newest first (`turnPage`). Archived ones are a list of their own. The search finds
 * words of the name in any order, without regard to case and accents.
 */
export async function listCampaigns(
  db: Executor,
  { after, before, ...query }: ListQuery,
): Promise<CampaignPage> {
  const found = foundCampaigns(query);
  const page = await turnPage(
    { after, before },
    {
      size: pageSize,
      read: (reading) => readCampaigns(db, { found, ...reading }),
      cursorOf: ({ id }) => id,
    },
  );
  const categories = await categoriesOf(
    db,
    page.rows.map(({ id }) => id),
  );
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, categories: categories.get(row.id) ?? [] })),
    ...(await countUpTo(db, sql`select from campaigns where ${found}`)),
  };
}

function foundCampaigns({ user, search, status, archived = false }: ListQuery): SQL | undefined {
  return and(
    isNull(campaigns.deletedAt),
    ownedBy(user, campaigns.createdBy),
    archived ? isNotNull(campaigns.archivedAt) : isNull(campaigns.archivedAt),
    status ? eq(campaignStatus, status) : undefined,
    search ? campaignNamed(search) : undefined,
  );
}

/** Every word somewhere in the name. */
export function campaignNamed(search: string): SQL | undefined {
  const words = search.normalize("NFC").split(/\s+/).filter(Boolean);
  return and(
    ...words.map((word) => {
      const text = word.replace(/[\\%_]/g, "\\$&");
      return sql`relance.plain(${campaigns.name}) like '%' || relance.plain(${text}) || '%'`;
    }),
  );
}

async function readCampaigns(
  db: Executor,
  { found, from, backwards, limit }: Reading<number> & { found: SQL | undefined },
) {
  const beyond = backwards ? gt : lt;
  return db
    .select(rowColumns)
    .from(campaigns)
    .where(and(found, from === null ? undefined : beyond(campaigns.id, from)))
    .orderBy((backwards ? asc : desc)(campaigns.id))
    .limit(limit);
}
