// What an admin is in the midst of, beside a big story: a draft, and an import at each step, among others.
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { type ImportSettings, type ImportStatus, imports } from "#db/schema/imports.ts";
import { testContentSid } from "#server/testing/factories.ts";

export type Unfinished = { draft: number } & Record<"mapping" | "ready" | "done", number>;

const lines = 2000;

const settings: ImportSettings = {
  ...{ encoding: "utf-8", delimiter: ";", hasHeader: true, country: "FR" },
  ...{ columns: { number: 0 }, categoryIds: [], samples: [["Téléphone"], ["0612345678"]] },
};

/** A draft to `categoryId`, and twenty imports of two thousand lines, one in ten of them refused. */
export async function makeUnfinished(
  db: Database,
  { ownerId, categoryId }: { ownerId: number; categoryId: number },
): Promise<Unfinished> {
  const [draft] = await db
    .insert(campaigns)
    .values({
      ...{ name: "Brouillon", message1: "Your {{1}} code is {{2}}", message2: "Merci !", createdBy: ownerId },
      contentSid: testContentSid,
      contentVariables: {
        1: { type: "literal", value: "Relance" },
        2: { type: "field", field: "firstName", fallback: "1234" },
      },
    })
    .returning({ id: campaigns.id });
  const campaignId = draft?.id as number;
  await db.insert(campaignCategories).values({ campaignId, categoryId });
  const one = { createdBy: ownerId, status: "ready" as ImportStatus, settings, total: lines, checked: lines };
  const made = await db.insert(imports).values(Array(20).fill(one)).returning({ id: imports.id });
  await db.execute(sql`
    insert into import_rows (import_id, line, cells, verdict)
    select id, line, array['0612345678'], case when line % 10 = 0 then 'refused' else 'accepted' end
    from imports, generate_series(1, ${lines}::int) line`);
  const [mapping, ready, done] = made.slice(9, 12).map(({ id }) => id) as [number, number, number];
  await db.execute(sql`
    update imports set status = case id when ${mapping}::int then 'mapping' else 'done' end
    where id in (${mapping}::int, ${done}::int)`);
  await db.execute(sql`vacuum analyze imports, import_rows, campaigns, campaign_categories`);
  return { draft: campaignId, mapping, ready, done };
}
