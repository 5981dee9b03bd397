// What people may type, once for forms and procedures. Messages are keys: app/i18n has the French for each.
import { z } from "zod";
import { campaignStatuses } from "#server/domain/campaign-status.ts";
import { isDay } from "#server/domain/day.ts";
import { launchOptions } from "#server/domain/launch-options.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import { messageTwoMaxLength, messageTwoProblem } from "#server/domain/message-two-text.ts";
import { parsePhone } from "#server/domain/phone.ts";
import { membershipStates } from "#server/domain/sandbox-membership.ts";
import { hitKinds } from "#server/domain/signature-match.ts";
import { contactFields } from "#server/domain/template.ts";

/** Of a row: what the column holds, so that no query fails for a number too big. */
export const id = z
  .number({ error: "required" })
  .int({ error: "invalid" })
  .min(1, { error: "invalid" })
  .max(2_147_483_647, { error: "invalid" });

const requiredText = (max: number) =>
  z.string({ error: "required" }).trim().min(1, { error: "required" }).max(max, { error: "too_long" });

/** Blank means absent. */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: "too_long" })
    .nullish()
    .transform((text) => text || null);

export const idInput = z.object({ id });

export const assignOwnerInput = z.object({
  subject: z.enum(["contact", "campaign", "category"]),
  id,
  ownerId: id,
});

export const assignOwnerlessInput = assignOwnerInput.pick({ ownerId: true });

const pageInput = z.object({ page: z.number().int().min(1).max(1_000_000).default(1) });

const password = z
  .string({ error: "required" })
  .min(1, { error: "required" })
  .max(200, { error: "too_long" });

/** Blank finds nothing. */
export const searchInput = z.object({ text: z.string().max(100, { error: "too_long" }) });

export const signInInput = z.object({ email: requiredText(255).toLowerCase(), password });

const email = requiredText(255)
  .toLowerCase()
  .pipe(z.email({ error: "invalid_email" }));
const role = z.enum(["super_admin", "admin"], { error: "invalid" });

export const createUserInput = z.object({ email, role });
export const changeRoleInput = z.object({ id, role });
export const setActiveInput = z.object({ id, isActive: z.boolean() });

/** How long the new one has to be is server/users/password.ts's to say. */
export const changePasswordInput = z.object({ currentPassword: password, newPassword: password });

/** Done only with one's password at hand. */
export const ownPasswordInput = z.object({ currentPassword: password });

/** Of the device, "123 456", or a recovery code. */
const code = requiredText(40);
export const codeInput = z.object({ code });
export const signInCodeInput = z.object({ challenge: z.string().max(200, { error: "invalid" }), code });

const resetToken = z.string().max(200, { error: "invalid" });
export const resetLinkInput = z.object({ token: resetToken });
export const useResetLinkInput = z.object({ token: resetToken, newPassword: password });

export const tokenDays = [30, 90, 365] as const;
export const createTokenInput = ownPasswordInput.extend({
  name: requiredText(60),
  scope: z.enum(["read", "write"], { error: "invalid" }),
  days: z.literal(tokenDays, { error: "invalid" }),
});

export const endSessionInput = z.object({ id: z.string().max(64, { error: "invalid" }) });

const contactFieldsInput = z.object({
  number: requiredText(60),
  /** ISO code of the country chosen beside the number; ignored when the number is whole */
  country: z.string().max(2, { error: "invalid" }).nullish(),
  firstName: optionalText(100),
  lastName: optionalText(100),
  categoryIds: z.array(id).max(200, { error: "too_many" }).default([]),
});

export const createContactInput = contactFieldsInput.superRefine(({ number, country }, context) => {
  const phone = parsePhone(number, country);
  if ("problem" in phone) context.addIssue({ code: "custom", path: ["number"], message: phone.problem });
});
export type CreateContactInput = z.output<typeof createContactInput>;

/** The number is checked against the stored one first: what was taken over unreadable may stay while a name changes. */
export const updateContactInput = contactFieldsInput.extend({ id });
export type UpdateContactInput = z.output<typeof updateContactInput>;

/** Beside the sandbox state: who may be written to freely, who is a member, for long or not, who has to join again, who must not be written to, whose card is wrong. */
export const contactSituations = ["window_open", "in_sandbox", "to_rejoin", "opted_out", "flagged"] as const;

export const contactFilter = z.object({
  search: optionalText(100),
  categoryId: id.nullish(),
  state: z.enum(membershipStates).nullish(),
  situation: z.enum(contactSituations).nullish(),
});
export type ContactFilter = z.input<typeof contactFilter>;

export const contactSorts = ["recent", "name", "inbound"] as const;
export type ContactSort = (typeof contactSorts)[number];

/** Where a page begins or ends: a text of ours that came back in an address. One that is none begins at the start. */
const cursor = z.string().max(500).nullish();

export const listContactsInput = contactFilter.extend({
  sort: z.enum(contactSorts).default("recent"),
  after: cursor,
  before: cursor,
});

/** Some contacts by name, or all that a filter shows. */
const contactChoice = z.union([
  z.object({ ids: z.array(id).min(1, { error: "required" }).max(1000, { error: "too_many" }) }),
  z.object({ filter: contactFilter }),
]);
export type ContactChoice = z.output<typeof contactChoice>;

export const chooseContactsInput = z.object({ choice: contactChoice });
export const categoriseContactsInput = z.object({ choice: contactChoice, categoryId: id });

export const contactHistoryKinds = ["message", "answer", "change"] as const;
export const contactHistoryInput = z.object({
  id,
  kind: z.enum(contactHistoryKinds).nullish(),
  before: cursor,
});

/** Why an admin writes an opt-out down, or lifts it: it stands in the audit log. */
export const optOutInput = z.object({ id, reason: requiredText(500) });

/** Beside all of them: what nobody has read, who may be answered freely, who wants nothing more. */
export const inboxFilters = ["unread", "window_open", "opted_out"] as const;

export const inboxInput = z.object({
  search: optionalText(100),
  filter: z.enum(inboxFilters).nullish(),
  after: cursor,
  before: cursor,
});
export type InboxInput = z.input<typeof inboxInput>;

export const conversationInput = z.object({ id, before: cursor });

/** Names one pressing of the button: whatever is sent again under it is the same reply. */
const replyKey = z.string().regex(/^[\w-]{8,64}$/, { error: "invalid" });

export const replyInput = z.object({
  id,
  key: replyKey,
  text: z
    .string({ error: "required" })
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .pipe(z.string().min(1, { error: "required" }).max(messageTwoMaxLength, { error: "too_long" })),
});

export const templateReplyInput = z.object({
  id,
  key: replyKey,
  templateId: id,
  /** variable name → value */
  values: z.record(z.string().max(16), z.string().max(1600, { error: "too_long" })),
});

/** Up to and including the message received that has this id. */
export const markReadInput = z.object({ id, upTo: id });

export const mediaInput = z.object({ id, index: z.number().int().min(0).max(99) });

export const listStrangersInput = z.object({ after: cursor, before: cursor });

/** `number` where the sender's address has none. */
export const strangerContactInput = z.object({
  id,
  number: optionalText(60),
  country: z.string().max(2, { error: "invalid" }).nullish(),
  firstName: optionalText(100),
  lastName: optionalText(100),
  categoryIds: z.array(id).max(200, { error: "too_many" }).default([]),
});
export type StrangerContactInput = z.output<typeof strangerContactInput>;

export const quickReplyInput = z.object({
  shortcut: z
    .string({ error: "required" })
    .transform((text) => text.trim().replace(/^\/+/, "").toLowerCase())
    .pipe(
      z
        .string()
        .min(1, { error: "required" })
        .max(30, { error: "too_long" })
        .regex(/^[\p{L}\p{N}_-]+$/u, { error: "invalid_shortcut" }),
    ),
  content: z
    .string({ error: "required" })
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .pipe(z.string().min(1, { error: "required" }).max(messageTwoMaxLength, { error: "too_long" })),
});
export const updateQuickReplyInput = quickReplyInput.extend({ id });

export const createCategoryInput = z.object({
  name: requiredText(255),
  color: z
    .string({ error: "required" })
    .regex(/^(#([0-9a-f]{3}){1,2}|[a-z]{3,20})$/i, { error: "invalid_color" }),
});
export const updateCategoryInput = createCategoryInput.extend({ id });

export const variableSourceInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("literal"), value: z.string().max(1600, { error: "too_long" }) }),
  z.object({
    type: z.literal("field"),
    field: z.enum(contactFields, { error: "invalid" }),
    fallback: z.string().max(1600, { error: "too_long" }).optional(),
  }),
]);

/** Blank means: no Message 2. */
const messageTwo = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null)
  .superRefine((text, context) => {
    const problem = text === null ? null : messageTwoProblem(text);
    if (problem) {
      context.addIssue({
        code: "custom",
        message: problem.key,
        params: { link: problem.link, max: messageTwoMaxLength },
      });
    }
  });

export const createCampaignInput = z.object({
  name: requiredText(255),
  categoryIds: z.array(id).min(1, { error: "required" }).max(200, { error: "too_many" }),
  /** absent: the default template (criterion 3.3) */
  templateId: id.nullish(),
  variables: z.record(z.string().max(16), variableSourceInput).default({}),
  messageTwo,
});
export const updateCampaignInput = createCampaignInput.extend({ id });
export type CampaignInput = z.output<typeof createCampaignInput>;

export const listCampaignsInput = z.object({
  search: optionalText(100),
  status: z.enum(campaignStatuses).nullish(),
  archived: z.boolean().default(false),
  after: id.nullish(),
  before: id.nullish(),
});

export const archiveInput = z.object({ id, archived: z.boolean() });

/** What an uncertain message is: one of Twilio's messages, or, when null, none of them. */
export const decideInput = z.object({ id, sid: z.string().max(64, { error: "invalid" }).nullable() });

export const audienceInput = z.object({ categoryIds: z.array(id).max(200, { error: "too_many" }) });

export const launchInput = launchOptions.extend({ id });

export const scheduleInput = launchOptions.extend({
  id,
  /** in the display time zone (`TZ_DISPLAY`) */
  date: requiredText(10).refine(isDay, { error: "invalid" }),
  time: requiredText(5).pipe(z.iso.time({ error: "invalid", precision: -1 })),
});

export const testMessageInput = z
  .object({ id, number: requiredText(60), country: z.string().max(2, { error: "invalid" }).nullish() })
  .superRefine(({ number, country }, context) => {
    const phone = parsePhone(number, country);
    if ("problem" in phone) context.addIssue({ code: "custom", path: ["number"], message: phone.problem });
  });

/** Where a page of a list begins: after (before) the row with this id, in the order of the list. */
export const cursorInput = z.object({ after: id.nullish(), before: id.nullish() });

/** Failed messages to send again by name; without them all whose contacts are back. */
export const resendInput = z.object({
  messageIds: z.array(id).min(1).max(500, { error: "too_many" }).nullish(),
});

export const listMessagesInput = cursorInput.extend({ id, status: z.enum(messageStatuses).nullish() });

export const dayInput = z.string().refine(isDay, { error: "invalid" }).nullish();

/** Everything absent: every message the user may see. Days are days of the display time zone, the last included. */
const messageFilter = z.object({
  search: optionalText(100),
  status: z.enum(messageStatuses).nullish(),
  campaignId: id.nullish(),
  errorCode: z.number().int().min(0).max(2_147_483_647).nullish(),
  /** what messages failed by where Twilio gave no code, or our own reason beside it */
  reason: z.string().max(200, { error: "too_long" }).nullish(),
  from: dayInput,
  to: dayInput,
});
export type MessageFilter = z.output<typeof messageFilter>;
export const messageHistoryInput = cursorInput.extend(messageFilter.shape);
export type MessageHistoryInput = z.output<typeof messageHistoryInput>;

export const hitStates = ["waiting", "applied"] as const;

/** Everything absent: every hit of the webhook that is kept. */
export const listHitsInput = cursorInput.extend({
  verdict: z.enum(["accepted", "refused"]).nullish(),
  kind: z.enum(hitKinds).nullish(),
  state: z.enum(hitStates).nullish(),
  /** of a message, as Twilio writes it */
  sid: optionalText(100),
});
export type ListHitsInput = z.output<typeof listHitsInput>;

/** What is chosen is among the choices. */
export const historyChoicesInput = messageFilter
  .pick({ campaignId: true, errorCode: true, reason: true })
  .default({});
export const historyCampaignsInput = z.object({ search: optionalText(100) });

/** The last row of the batch before; 0: from the beginning. */
export const after = z.number().int().min(0).default(0);

export const exportContactsInput = contactFilter.extend({ after });
export const exportCampaignInput = z.object({ id, after });
export const exportMessagesInput = messageFilter.extend({ after });
export const refusedLinesInput = z.object({ id, after });

/** One message, or all that failed, or those of one cause as the campaign lists it. */
export const retryFailedInput = z.object({
  id,
  messageId: id.nullish(),
  cause: z.object({ code: z.number().int().nullable(), reason: z.string().max(5000).nullable() }).nullish(),
});

const columnIndex = z
  .number()
  .int()
  .min(0)
  .max(49)
  .nullish()
  .transform((index) => index ?? undefined);

/** Bytes come from a process of ours alone: JSON has none. */
export const createImportInput = z.object({
  fileName: z.string().max(1000, { error: "too_long" }).nullable(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array, { error: "invalid" }),
});

export const configureImportInput = z.object({
  id,
  hasHeader: z.boolean(),
  country: z.string().max(2, { error: "invalid" }).nullable(),
  columns: z
    .object({
      number: z.number({ error: "required" }).int().min(0).max(49),
      dialCode: columnIndex,
      firstName: columnIndex,
      lastName: columnIndex,
    })
    .refine((columns) => new Set(columnsIn(columns)).size === columnsIn(columns).length, {
      error: "column_twice",
      path: ["number"],
    }),
  categoryIds: z.array(id).max(200, { error: "too_many" }).default([]),
});
export type ConfigureImportInput = z.output<typeof configureImportInput>;

const columnsIn = (columns: Record<string, number | undefined>): number[] =>
  Object.values(columns).filter((index) => index !== undefined);

export const importVerdicts = ["accepted", "repaired", "refused", "known"] as const;

export const listImportRowsInput = pageInput.extend({ id, verdict: z.enum(importVerdicts).nullish() });

const importCell = z.string().max(1000, { error: "too_long" }).optional();

export const editImportRowInput = z.object({
  id,
  line: z.number().int().min(1),
  values: z.object({ number: importCell, dialCode: importCell, firstName: importCell, lastName: importCell }),
});
