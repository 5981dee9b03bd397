// The list of campaigns, page after page by their ids: no page costs more than the first, however far it is.
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { campaignStatus, categoriesOf, rowColumns } from "#server/campaigns/queries.ts";
import type { CampaignPage } from "#server/campaigns/views.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const pageSize = 50;
/** Further than this nobody counts with their eyes, and the database need not either. */
const countedUpTo = 1000;

type ListQuery = {
  user: SignedInUser;
  search?: string | null | undefined;
  status?: CampaignStatus | null | undefined;
  archived?: boolean | undefined;
  /** ids: the page after this campaign, or the one before it */
  after?: number | null | undefined;
  before?: number | null | undefined;
};

/**
 * One page of the user's campaigns, the newest first: after a campaign, before one, or the first. Archived ones are a list
 * of their own. The search finds words of the name in any order, without regard to case and accents. A campaign beyond
 * either end gives the page at that end, as when the last one of a page was deleted.
 */
export async function listCampaigns(
  db: Executor,
  { after, before, ...query }: ListQuery,
): Promise<CampaignPage> {
  const found = foundCampaigns(query);
  let page = await readPage(db, {
    found,
    from: after ?? before ?? null,
    backwards: !after && Boolean(before),
  });
  if (after && page.rows.length === 0) page = await readPage(db, { found, from: null, backwards: true });
  if (before && !after && page.previous === null) {
    page = await readPage(db, { found, from: null, backwards: false });
  }
  const ids = page.rows.map(({ id }) => id);
  const categories = await categoriesOf(db, ids);
  const total = await countUpTo(db, found);
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, categories: categories.get(row.id) ?? [] })),
    total: Math.min(total, countedUpTo),
    totalIsMore: total > countedUpTo,
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

type PageQuery = { found: SQL | undefined; from: number | null; backwards: boolean };

async function readPage(db: Executor, { found, from, backwards }: PageQuery) {
  const beyond = backwards ? gt : lt;
  const rows = await db
    .select(rowColumns)
    .from(campaigns)
    .where(and(found, from === null ? undefined : beyond(campaigns.id, from)))
    .orderBy((backwards ? asc : desc)(campaigns.id))
    .limit(pageSize + 1);
  const isMore = rows.length > pageSize;
  const shown = rows.slice(0, pageSize);
  if (backwards) shown.reverse();
  const [first, last] = [shown[0]?.id ?? null, shown.at(-1)?.id ?? null];
  return {
    rows: shown,
    previous: (backwards ? isMore : from !== null) ? first : null,
    next: (backwards ? from !== null : isMore) ? last : null,
  };
}

async function countUpTo(db: Executor, found: SQL | undefined): Promise<number> {
  const [counted] = await queryRows<{ total: number }>(
    db,
    sql`select count(*)::int as total from (select from campaigns where ${found} limit ${countedUpTo + 1}) shown`,
  );
  return counted?.total ?? 0;
}
