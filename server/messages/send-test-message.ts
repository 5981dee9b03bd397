import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, type Executor, queryRows } from "#db/client.ts";
import { campaigns, templates } from "#db/schema/campaigns.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { contentVariables } from "#server/campaigns/recipient-values.ts";
import { strangerOptedOut } from "#server/contacts/stranger-opted-out.ts";
import { canSendTest } from "#server/domain/campaign-status.ts";
import { parsePhone, whatsappAddress } from "#server/domain/phone.ts";
import { renderTemplate, templateVariableNames, variableProblem } from "#server/domain/template.ts";
import { AppError } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { ensureSender, type SenderSettings } from "#server/senders/ensure-sender.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

export type TestMessageInput = {
  user: SignedInUser;
  campaignId: number;
  /** as typed, beside a country or whole */
  number: string;
  country?: string | null;
  env: SenderSettings;
};

type CampaignRow = typeof campaigns.$inferSelect;

/**
 * Queues Message 1 of a campaign to one number, ahead of bulk; it counts in no counter. A contact of that number fills
 * the variables; for anybody else a field takes its fallback, or Twilio's sample. AppErrors campaign.not_found,
 * campaign.wrong_status, template.not_configured, campaign.variable_invalid, contact.invalid_number,
 * message.recipient_opted_out. Ownership of the campaign is the caller's to check.
 */
export async function sendTestMessage(db: Database, input: TestMessageInput): Promise<{ messageId: number }> {
  const phone = parsePhone(input.number, input.country);
  if ("problem" in phone) throw new AppError("contact.invalid_number", { problem: phone.problem });
  return db.transaction(async (tx) => {
    const sender = await ensureSender(tx, input.env);
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(eq(campaigns.id, input.campaignId))
      .for("share");
    if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
    const status = campaign.status ?? "draft";
    if (!canSendTest(status)) throw new AppError("campaign.wrong_status", { status });
    if (!campaign.contentSid) throw new AppError("template.not_configured");
    const [contact] = await tx
      .select({
        id: contacts.id,
        optedOutAt: contacts.optedOutAt,
        own: sql<boolean>`${and(isNull(contacts.deletedAt), ownedBy(input.user, contacts.createdBy))}`,
      })
      .from(contacts)
      .where(eq(contacts.fullNumber, phone.e164));
    // the recipient's word, whoever's contact they are or were
    const toAddress = whatsappAddress(phone.e164);
    if (contact?.optedOutAt || (await strangerOptedOut(tx, toAddress)))
      throw new AppError("message.recipient_opted_out");
    const contactId = contact?.own ? contact.id : null;
    const values = await testValues(tx, campaign, contactId, phone.e164);
    const [queued] = await tx
      .insert(messages)
      .values({
        campaignId: campaign.id,
        contactId,
        messageType: "test",
        content: renderTemplate(campaign.message1, values),
        status: "pending",
        senderId: sender.id,
        toAddress,
        fromAddress: sender.address,
        contentSid: campaign.contentSid,
        contentVariables: values,
        priority: 0,
        nextAttemptAt: sql`now()`,
        createdBy: input.user.id,
      })
      .returning({ id: messages.id });
    if (!queued) throw new Error("the test could not be stored");
    await enqueue(tx, "drain_sender", { senderId: sender.id });
    return { messageId: queued.id };
  });
}

async function testValues(
  db: Executor,
  campaign: CampaignRow,
  contactId: number | null,
  number: string,
): Promise<Record<string, string>> {
  const names = templateVariableNames(campaign.message1);
  const who =
    contactId === null
      ? sql`(select null::text as first_name, null::text as last_name, ${number}::text as full_number) c`
      : sql`contacts c where c.id = ${contactId}`;
  const [row] = await queryRows<{ values: Record<string, string | null> }>(
    db,
    sql`select ${contentVariables(names, campaign.contentVariables ?? {})} as values from ${who}`,
  );
  const [template] = await db
    .select({ samples: templates.variables })
    .from(templates)
    .where(eq(templates.contentSid, campaign.contentSid ?? ""));
  const filled = new Map(Object.entries(row?.values ?? {}));
  const samples = new Map(Object.entries(template?.samples ?? {}));
  const values: [string, string][] = names.map((name) => {
    const value = filled.has(name) ? (filled.get(name) ?? samples.get(name)) : null;
    const problem = variableProblem(value);
    if (problem) throw new AppError("campaign.variable_invalid", { variable: name, problem, contacts: 0 });
    return [name, value as string];
  });
  return Object.fromEntries(values);
}
