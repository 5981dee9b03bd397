// A month of a shop's work whose figures agree wherever they stand: each day of the dashboard is the sum of that day's
// campaigns, its totals the sum of all of them. For the pictures; of past campaigns there are counters and no messages.
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { activityMark, dayActivity, hourAnswers } from "#db/schema/activity.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { users } from "#db/schema/users.ts";
import { makeStory, type Story } from "#e2e/story.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const past: readonly [name: string, daysAgo: number, recipients: number][] = [
  ["Catalogue d’automne", 27, 182],
  ["Livraison offerte", 25, 196],
  ["Atelier bougies", 21, 148],
  ["Ventes privées", 19, 221],
  ["Rappel des ventes privées", 17, 214],
  ["Enquête de satisfaction", 13, 187],
  ["Retour en stock", 11, 164],
  ["Soirée portes ouvertes", 6, 228],
  ["Merci d’être venus", 4, 203],
  ["Avant-première de Noël", 2, 232],
];
/** Of the answers to a campaign, by the hour they came. */
const shares: readonly [hour: number, share: number][] = [
  [18, 0.2],
  [12, 0.15],
  [19, 0.14],
  [13, 0.11],
  [20, 0.1],
  [9, 0.08],
  [17, 0.08],
  [10, 0.05],
  [21, 0.05],
  [8, 0.04],
];

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export async function makePictureStory(db: Database, user: SignedInUser): Promise<Story> {
  await db.update(users).set({ email: "lea.moreau@maison-lumen.example" }).where(eq(users.id, user.id));
  await makeCustomers(db, user);
  const story = await makeStory(db, user);
  for (const [name, daysAgo, recipients] of past)
    await makePast(db, user, story.categoryId, { name, daysAgo, recipients });
  await makeToday(db, user);
  return story;
}

/** Two hundred and forty, before those of the story. */
async function makeCustomers(db: Database, { id }: SignedInUser): Promise<void> {
  await db.execute(sql`
    insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by, created_at)
    select '63998' || n, '+33', '+3363998' || n,
      (array['Alice', 'Bruno', 'Chloé', 'David', 'Emma', 'Farid', 'Gaëlle', 'Hugo', 'Inès', 'Jules', 'Karim', 'Lina'])[1 + n % 12],
      (array['Martin', 'Bernard', 'Robert', 'Richard', 'Dubois', 'Moreau', 'Laurent', 'Simon', 'Michel', 'Leroy', 'Roux'])[1 + n % 11],
      ${id}::int, (now() - interval '40 days') at time zone 'UTC'
    from generate_series(1000, 1239) n`);
}

type Past = { name: string; daysAgo: number; recipients: number };

async function makePast(
  db: Database,
  { id: ownerId }: SignedInUser,
  categoryId: number,
  { name, daysAgo, recipients }: Past,
): Promise<void> {
  const failed = Math.round(recipients * 0.03);
  const skipped = 2;
  const sent = recipients - failed - skipped;
  const delivered = sent - 2;
  const answers = Math.round(sent * 0.29);
  const startedAt = ago(daysAgo * 24 * 60);
  const [campaign] = await db
    .insert(campaigns)
    .values({
      ...{ name, message1: "Your {{1}} code is {{2}}", message2: "Merci !", createdBy: ownerId },
      ...{ status: "completed", totalRecipients: recipients, sentCount: sent, successCount: delivered },
      ...{ deliveredCount: delivered, readCount: Math.round(delivered * 0.78), failedCount: failed },
      ...{ skippedCount: skipped, interactionCount: answers, messageTwoCount: answers },
      ...{
        messageTwoSentCount: answers,
        messageTwoDeliveredCount: answers,
        messageTwoReadCount: answers - 6,
      },
      ...{ startedAt, finishedAt: ago(daysAgo * 24 * 60 - recipients / 20), createdAt: startedAt },
    })
    .returning({ id: campaigns.id });
  await db.insert(campaignCategories).values({ campaignId: campaign?.id as number, categoryId });
  const day = { day: dayAgo(daysAgo), ownerId };
  await db.insert(dayActivity).values({ ...day, dialCode: "+33", accepted: sent + answers, failed, answers });
  let left = answers;
  for (const [hour, share] of shares.toReversed()) {
    const some = hour === shares[0]?.[0] ? left : Math.round(answers * share);
    left -= some;
    await db.insert(hourAnswers).values({ ...day, hour, answers: some });
  }
}

/** What the story's own messages add to the day, and when all of it was made. */
async function makeToday(db: Database, { id: ownerId }: SignedInUser): Promise<void> {
  const day = { day: dayAgo(0), ownerId };
  await db
    .insert(activityMark)
    .values({ until: ago(30) })
    .onConflictDoNothing();
  await db.insert(dayActivity).values({ ...day, dialCode: "+33", accepted: 4, failed: 2, answers: 1 });
  await db.insert(hourAnswers).values({ ...day, hour: 18, answers: 1 });
  const own = sql`campaign_id in (select id from campaigns where created_by = ${ownerId}::int)`;
  await db.execute(sql`
    insert into message_attempts (message_id, number, slot_at, claimed_at, requested_at, answered_at, sid, outcome)
    select id, 1, sent_at, sent_at, sent_at, sent_at, 'SM' || md5(id::text), 'accepted' from messages
    where ${own} and message_type = 'message_1' and sent_at is not null`);
  // a test is in no figure of a campaign
  await db.execute(sql`update messages set failed_at = null where ${own} and message_type = 'test'`);
  await db.execute(sql`
    update messages m set content = 'Your Maison Lumen code is ' || coalesce(c.first_name, 'client')
    from contacts c where c.id = m.contact_id and m.${own}`);
  await db.execute(sql`
    update campaigns set created_at = (now() - interval '3 days') at time zone 'UTC'
    where created_by = ${ownerId}::int and created_at > (now() - interval '1 hour') at time zone 'UTC'`);
}
