// Ready-made rows for tests: each function makes one thing with sensible values, and says only what a test may vary.
import { inArray, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { categories, categoryContacts, contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { users } from "#db/schema/users.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import type { VariableSource } from "#server/domain/template.ts";
import { type Env, readEnv } from "#server/env.ts";
import { createLog, type Log } from "#server/log.ts";

export const testAccountSid = `AC${"0".repeat(32)}`;
export const testContentSid = `HX${"a".repeat(32)}`;

/** The least environment a worker takes, in the form of the environment variables. */
export const testVariables = {
  DATABASE_URL: "postgres://unused@127.0.0.1:1/unused",
  TWILIO_ACCOUNT_SID: testAccountSid,
  TWILIO_AUTH_TOKEN: "simulator-token",
  TWILIO_SANDBOX_NUMBER: "+14155238886",
  TWILIO_SANDBOX_JOIN_CODE: "paper-plane",
  TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org",
  SESSION_SECRET: "a-secret-of-the-tests-of-32-characters",
};

/** A whole environment; `patch` is in the form of the environment variables. */
export function makeEnv(patch: Record<string, string> = {}): Env {
  return readEnv({ ...testVariables, ...patch }, { for: "worker" });
}

/** A log that keeps its lines for the test to read. */
export function makeLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  return Object.assign(createLog({ process: "test", production: true, write: (line) => lines.push(line) }), {
    lines,
  });
}

let count = 0;

export async function makeUser(
  db: Executor,
  patch: Partial<typeof users.$inferInsert> = {},
): Promise<number> {
  count += 1;
  const [user] = await db
    .insert(users)
    .values({ email: `admin${count}@relance.test`, passwordHash: "unused", role: "admin", ...patch })
    .returning({ id: users.id });
  return user?.id as number;
}

export async function makeContact(
  db: Executor,
  patch: Partial<typeof contacts.$inferInsert> = {},
): Promise<number> {
  const [id] = await makeContacts(db, 1, patch);
  return id as number;
}

/** Contacts with numbers of the range reserved for fiction, +33 6 39 98 …, all different. */
export async function makeContacts(
  db: Executor,
  howMany: number,
  patch: Partial<typeof contacts.$inferInsert> = {},
): Promise<number[]> {
  const rows = Array.from({ length: howMany }, () => {
    count += 1;
    const national = `6399${String(count).padStart(5, "0")}`;
    return {
      phoneNumber: national,
      countryCode: "+33",
      fullNumber: `+33${national}`,
      firstName: `Prénom${count}`,
      lastName: `Nom${count}`,
      ...patch,
    };
  });
  const made = await db.insert(contacts).values(rows).returning({ id: contacts.id });
  return made.map(({ id }) => id);
}

export type CampaignPatch = Partial<typeof campaigns.$inferInsert> & {
  variables?: Record<string, VariableSource>;
};

/** A draft for these contacts, by way of a category of its own. */
export async function makeCampaign(
  db: Executor,
  contactIds: readonly number[],
  { variables, ...patch }: CampaignPatch = {},
): Promise<number> {
  count += 1;
  const [category] = await db
    .insert(categories)
    .values({ name: `Catégorie ${count}`, createdBy: patch.createdBy ?? null })
    .returning({ id: categories.id });
  const [campaign] = await db
    .insert(campaigns)
    .values({
      name: `Campagne ${count}`,
      message1: "Your {{1}} code is {{2}}",
      message2: "Merci de votre réponse !",
      contentSid: testContentSid,
      contentVariables: variables ?? {
        1: { type: "literal", value: "Relance" },
        2: { type: "field", field: "firstName", fallback: "1234" },
      },
      ...patch,
    })
    .returning({ id: campaigns.id });
  const categoryId = category?.id as number;
  const campaignId = campaign?.id as number;
  await db.insert(campaignCategories).values({ campaignId, categoryId });
  if (contactIds.length > 0) {
    await db.insert(categoryContacts).values(contactIds.map((contactId) => ({ categoryId, contactId })));
  }
  return campaignId;
}

export type LaunchedCampaign = {
  campaignId: number;
  contactIds: number[];
  messageIds: number[];
  senderId: number;
};

/** A campaign on its way to `recipients` new contacts. */
export async function makeLaunched(
  db: Database,
  recipients: number,
  patch: CampaignPatch = {},
  env: Env = makeEnv(),
): Promise<LaunchedCampaign> {
  const contactIds = await makeContacts(db, recipients, { createdBy: patch.createdBy ?? null });
  const campaignId = await makeCampaign(db, contactIds, patch);
  await launchCampaign(db, { campaignId, env });
  const rows = await db
    .select({ id: messages.id, senderId: messages.senderId })
    .from(messages)
    .where(inArray(messages.campaignId, [campaignId]))
    .orderBy(messages.id);
  return {
    campaignId,
    contactIds,
    messageIds: rows.map(({ id }) => id),
    senderId: rows[0]?.senderId as number,
  };
}

/** The counters of a campaign beside what its rows say, for tests that compare them. */
export async function countersAndRows(db: Executor, campaignId: number) {
  const [counters] = await db
    .select({
      total: campaigns.totalRecipients,
      sent: campaigns.sentCount,
      delivered: campaigns.deliveredCount,
      success: campaigns.successCount,
      read: campaigns.readCount,
      failed: campaigns.failedCount,
      skipped: campaigns.skippedCount,
      cancelled: campaigns.cancelledCount,
      two: campaigns.messageTwoCount,
      twoSent: campaigns.messageTwoSentCount,
      twoDelivered: campaigns.messageTwoDeliveredCount,
      twoRead: campaigns.messageTwoReadCount,
      twoFailed: campaigns.messageTwoFailedCount,
    })
    .from(campaigns)
    .where(inArray(campaigns.id, [campaignId]));
  const [rows] = await queryRows<NonNullable<typeof counters>>(
    db,
    sql`
    select count(*) filter (where one)::int as total,
      count(*) filter (where one and accepted)::int as sent,
      count(*) filter (where one and arrived)::int as delivered,
      count(*) filter (where one and arrived)::int as success,
      count(*) filter (where one and status = 'read')::int as read,
      count(*) filter (where one and status = 'failed')::int as failed,
      count(*) filter (where one and status = 'skipped')::int as skipped,
      count(*) filter (where one and status = 'cancelled')::int as cancelled,
      count(*) filter (where two)::int as two,
      count(*) filter (where two and accepted)::int as "twoSent",
      count(*) filter (where two and arrived)::int as "twoDelivered",
      count(*) filter (where two and status = 'read')::int as "twoRead",
      count(*) filter (where two and status = 'failed')::int as "twoFailed"
    from (
      select status, message_type = 'message_1' as one, message_type = 'message_2' as two,
        status in ('sent', 'delivered', 'read') as accepted, status in ('delivered', 'read') as arrived
      from messages where campaign_id = ${campaignId}) m`,
  );
  return { counters, rows };
}
