// Launch of a campaign to 100,000 contacts, against the bare INSERT … SELECT of the same rows.
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { type Figure, median, milliseconds } from "#scripts/bench/figures.ts";
import type { Lab } from "#scripts/bench/lab.ts";
import { makeContacts, makeDraft } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { makeEnv } from "#server/testing/factories.ts";

const contacts = 100_000;
const rounds = 3;

export async function benchLaunch(lab: Lab): Promise<Figure[]> {
  const { db, close } = await lab.database();
  try {
    const categoryId = await makeContacts(db, contacts);
    const launches: number[] = [];
    const inserts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const campaignId = await makeDraft(db, [categoryId]);
      launches.push(await timed(() => launchCampaign(db, { campaignId, env: makeEnv() })));
      inserts.push(await bareInsert(db, campaignId));
    }
    const value = median(launches);
    const floor = median(inserts);
    return [
      {
        name: "launch of 100,000 contacts",
        value: milliseconds(value),
        floor: `${milliseconds(floor)} bare INSERT … SELECT`,
        ratio: value / floor,
        bar: { atMost: 2.5 },
      },
    ];
  } finally {
    await close();
  }
}

/** The rows of the launch once more, as another campaign's, from a plain table. */
async function bareInsert(db: Database, launched: number): Promise<number> {
  const campaignId = await makeDraft(db, []);
  await db.execute(sql`drop table if exists bare`);
  await db.execute(sql`
    create table bare as select ${campaignId}::int as campaign_id, contact_id, message_type, content, status, reason,
      sender_id, to_address, from_address, content_sid, content_variables, 'bare:' || dedupe_key as dedupe_key, priority,
      next_attempt_at, created_by
    from messages where campaign_id = ${launched} order by id`);
  return timed(() =>
    db.execute(sql`
      insert into messages (campaign_id, contact_id, message_type, content, status, reason, sender_id, to_address,
        from_address, content_sid, content_variables, dedupe_key, priority, next_attempt_at, created_by)
      select * from bare`),
  );
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
