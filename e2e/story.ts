// What an admin who has worked with Relance for a while sees: contacts and campaigns in every state, standing still (no
// message of it is ever claimed, so that what a test looks at does not move).
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { dayActivity, hourAnswers } from "#db/schema/activity.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { freeNumber } from "#e2e/draft.ts";
import { type ImportStory, makeImports } from "#e2e/import-story.ts";
import { createCampaign } from "#server/campaigns/create-campaign.ts";
import { createCategory } from "#server/categories/create-category.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Story = {
  categoryId: number;
  contactId: number;
  draftId: number;
  /** its category has no contact */
  unreadyId: number;
  scheduledId: number;
  /** its time came while its category was empty */
  notStartedId: number;
  completedId: number;
  pausedId: number;
  failedMessageId: number;
  readMessageId: number;
} & ImportStory;

type MessageValues = Partial<typeof messages.$inferInsert>;

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** A message in each state a message can be in. */
const states: MessageValues[] = [
  { status: "read", sentAt: ago(50), deliveredAt: ago(49), readAt: ago(40) },
  { status: "read", sentAt: ago(49), deliveredAt: ago(48), readAt: ago(12) },
  { status: "delivered", sentAt: ago(48), deliveredAt: ago(47) },
  { status: "sent", sentAt: ago(47) },
  {
    status: "failed",
    errorCode: 63015,
    errorMessage: "Channel Sandbox can only send messages to phone numbers that have joined the Sandbox",
    failedAt: ago(46),
  },
  { status: "failed", errorCode: 30008, errorMessage: "Unknown error", failedAt: ago(45), retryCount: 3 },
  { status: "skipped", reason: "opted_out" },
];

const waiting: MessageValues[] = [
  { status: "sent", sentAt: ago(5) },
  { status: "uncertain" },
  { status: "sending" },
  { status: "pending", retryCount: 1, errorCode: 20429 },
  { status: "pending" },
];

const people: [string | null, string | null][] = [
  ["Camille", "Durand"],
  ["Anne-Sophie", "de La Rochefoucauld-Montmorency"],
  ["Sacha", "Petit"],
  [null, null],
  ["Noa", "Garnier"],
  ["Zoé", null],
  ["Gaëtan", "Le Goff"],
];

export async function makeStory(db: Database, user: SignedInUser): Promise<Story> {
  const [loyal, prospects, nobody] = [
    await createCategory(db, { user, name: "Clients fidèles", color: "#3f8f5a" }),
    await createCategory(db, { user, name: "Prospects rencontrés au salon de novembre", color: "#2a86c8" }),
    await createCategory(db, { user, name: "Presse", color: "#c2557a" }),
  ].map(({ id }) => id) as [number, number, number];
  const contactIds: number[] = [];
  for (const [firstName, lastName] of people) {
    const categoryIds = contactIds.length % 3 === 1 ? [loyal, prospects] : [loyal];
    const number = await freeNumber(db);
    const contact = { user, number, country: "FR", firstName, lastName, categoryIds };
    contactIds.push((await createContact(db, contact)).id);
  }
  const [contactId = 0, expiring = 0, optedOut = 0, flagged = 0] = contactIds;
  const set = (id: number, values: Partial<typeof contacts.$inferInsert>) =>
    db.update(contacts).set(values).where(eq(contacts.id, id));
  await set(contactId, { sandboxJoinedAt: ago(0), lastInboundAt: ago(12) });
  await set(expiring, { sandboxJoinedAt: ago(70 * 60), lastInboundAt: ago(70 * 60) });
  await set(optedOut, { optedOutAt: ago(90), sandboxJoinedAt: ago(500), lastInboundAt: ago(90) });
  await set(flagged, { flag: "invalid_number" });

  const draft = (name: string, categoryIds: number[]) =>
    createCampaign(db, {
      user,
      name,
      categoryIds,
      templateId: null,
      variables: {
        "1": { type: "literal", value: "Maison Lumen" },
        "2": { type: "field", field: "firstName", fallback: "client" },
      },
      messageTwo: "Merci ! Les détails sont sur https://example.org/details",
    });
  const { id: draftId } = await draft("Code de rentrée", [loyal]);
  const { id: unreadyId } = await draft("Invitation de la presse", [nobody]);
  const { id: completedId } = await draft("Relance de novembre", [loyal, prospects]);
  const { id: pausedId } = await draft("Rappel du rendez-vous", [loyal]);

  const { id: scheduledId } = await draft("Vœux de fin d’année", [loyal]);
  const { id: notStartedId } = await draft("Ouverture des inscriptions", [nobody]);
  await db
    .update(campaigns)
    .set({
      status: "scheduled",
      scheduledAt: ago(-26 * 60),
      launchOptions: { ...defaultLaunchOptions, excludeExpired: true },
    })
    .where(eq(campaigns.id, scheduledId));
  await db
    .update(campaigns)
    .set({
      status: "failed",
      stopReason: "campaign.no_recipients",
      scheduledAt: ago(20),
      finishedAt: ago(20),
    })
    .where(eq(campaigns.id, notStartedId));
  await test(db, draftId, { status: "failed", errorCode: 63015, failedAt: ago(8) });
  await test(db, draftId, { status: "read", sentAt: ago(3), deliveredAt: ago(3), readAt: ago(2) });

  const messageIds = await send(db, completedId, contactIds, states);
  await send(db, pausedId, contactIds, waiting);
  await db
    .update(campaigns)
    .set({ status: "completed", startedAt: ago(51), finishedAt: ago(30), interactionCount: 1 })
    .where(eq(campaigns.id, completedId));
  await db
    .update(campaigns)
    .set({ status: "paused", startedAt: ago(6) })
    .where(eq(campaigns.id, pausedId));
  return {
    ...(await makeImports(db, user)),
    ...{ categoryId: loyal, contactId, draftId, unreadyId, scheduledId, notStartedId, completedId, pausedId },
    readMessageId: messageIds[0] as number,
    failedMessageId: messageIds[4] as number,
  };
}

/** Thirty days of sending and answering, as the worker rolls them up: quiet at weekends, answers at noon and after work. */
export async function makeActivity(db: Database, user: SignedInUser): Promise<void> {
  const ownerId = user.id;
  for (let back = 1; back <= 30; back++) {
    const day = ago(back * 24 * 60)
      .toISOString()
      .slice(0, 10);
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    const accepted = weekend ? 20 + back : 180 + ((back * 37) % 90);
    const answers = Math.round(accepted * 0.3);
    const counts = { accepted, failed: Math.round(accepted * 0.06), answers };
    await db.insert(dayActivity).values({ day, ownerId, dialCode: "+33", ...counts });
    const hours = [8, 9, 12, 12, 13, 17, 18, 18, 18, 19, 20, 21].map(
      (hour, nr) => (hour + ((nr * back) % 2)) % 24,
    );
    for (const hour of new Set(hours)) {
      const share = hours.filter((one) => one === hour).length / hours.length;
      await db.insert(hourAnswers).values({ day, ownerId, hour, answers: Math.round(answers * share) });
    }
  }
}

/** `howMany` contacts named Contact 01, Contact 02 …, the first in the category. */
export async function makeCrowd(db: Database, user: SignedInUser, howMany: number): Promise<void> {
  const { id } = await createCategory(db, { user, name: "Abonnés", color: "#3f8f5a" });
  for (let index = 1; index <= howMany; index++) {
    await createContact(db, {
      user,
      number: await freeNumber(db),
      country: "FR",
      firstName: "Contact",
      lastName: String(index).padStart(2, "0"),
      categoryIds: index === 1 ? [id] : [],
    });
  }
}

/** A campaign of `howMany` messages that nobody waits for. */
export async function makeLongHistory(db: Database, user: SignedInUser, howMany: number): Promise<void> {
  const campaign = { name: "Lettre de novembre", message1: "Your {{1}} code is {{2}}", createdBy: user.id };
  const [made] = await db
    .insert(campaigns)
    .values({
      ...campaign,
      status: "completed",
      totalRecipients: howMany,
      startedAt: ago(90),
      finishedAt: ago(80),
    })
    .returning({ id: campaigns.id });
  const campaignId = made?.id as number;
  const one = {
    campaignId,
    content: "Your Maison Lumen code is 4711",
    status: "sent" as const,
    sentAt: ago(85),
  };
  await db.insert(messages).values(Array(howMany).fill(one));
}

async function send(
  db: Database,
  campaignId: number,
  contactIds: readonly number[],
  each: readonly MessageValues[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, values] of each.entries()) {
    const [message] = await db
      .insert(messages)
      .values({
        campaignId,
        contactId: contactIds[index] as number,
        messageType: "message_1",
        content: "Your Maison Lumen code is Camille",
      })
      .returning({ id: messages.id });
    const id = message?.id as number;
    ids.push(id);
    if (values.status !== "pending") await db.update(messages).set(values).where(eq(messages.id, id));
    await db.insert(messageEvents).values([
      { messageId: id, type: "queued", toStatus: "pending", at: ago(51) },
      {
        messageId: id,
        type: "status",
        fromStatus: "pending",
        toStatus: values.status ?? null,
        at: ago(46),
        data: { status: values.status, code: values.errorCode, message: values.errorMessage },
      },
    ]);
  }
  await db.update(campaigns).set({ totalRecipients: each.length }).where(eq(campaigns.id, campaignId));
  return ids;
}

/** A test of a campaign to a number that is no contact's. */
async function test(db: Database, campaignId: number, values: MessageValues): Promise<void> {
  await db.insert(messages).values({
    campaignId,
    messageType: "test",
    content: "Your Maison Lumen code is client",
    toAddress: "whatsapp:+33639980199",
    ...values,
  });
}
