// The shapes in which conversations leave the server.
import { z } from "zod";
import { mediaKinds } from "#server/domain/media-types.ts";
import { messageStatuses, messageTypes } from "#server/domain/message-status.ts";

const person = z.object({
  id: z.number(),
  fullNumber: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  sandboxJoinedAt: z.date().nullable(),
  sandboxLeftAt: z.date().nullable(),
  lastInboundAt: z.date().nullable(),
  optedOutAt: z.date().nullable(),
  flag: z.enum(["duplicate", "invalid_number"]).nullable(),
});

export const inboxRow = person.extend({
  conversedAt: z.date(),
  /** messages received that nobody has read; counted no further than 100 */
  unread: z.number(),
  /** the last thing said, as far as the user may see it */
  preview: z
    .object({
      from: z.enum(["contact", "us"]),
      text: z.string(),
      /** of a message of the contact without a text */
      beside: z.enum(["media", "location"]).nullable(),
      /** of a message of ours */
      status: z.enum(messageStatuses).nullable(),
    })
    .nullable(),
});
export type InboxRow = z.infer<typeof inboxRow>;

export const inboxPage = z.object({
  rows: z.array(inboxRow),
  /** how many the filter finds; counted no further than this many */
  total: z.number(),
  totalIsMore: z.boolean(),
  /** where the pages beside this one are; null: there is none */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});
export type InboxPage = z.infer<typeof inboxPage>;

/** How many conversations have something unread (`countUnread`), and how many unknown senders there are (0 for an admin). */
export const inboxCounts = z.object({ unread: z.number(), strangers: z.number() });
export type InboxCounts = z.infer<typeof inboxCounts>;

const content = {
  media: z.array(
    z.object({ index: z.number(), kind: z.enum(mediaKinds).nullable(), contentType: z.string() }),
  ),
  location: z
    .object({
      point: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
      label: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  button: z.string().nullable(),
  forwarded: z.boolean(),
};

const happened = { id: z.number(), at: z.date() };

export const threadItem = z.discriminatedUnion("kind", [
  z.object({
    ...happened,
    kind: z.literal("sent"),
    type: z.enum(messageTypes).nullable(),
    status: z.enum(messageStatuses),
    text: z.string(),
    /** by an approved template, not as free text */
    template: z.boolean(),
    campaign: z.object({ id: z.number(), name: z.string(), deleted: z.boolean() }).nullable(),
    /** who wrote it by hand */
    authorEmail: z.string().nullable(),
    errorCode: z.number().nullable(),
    errorMessage: z.string().nullable(),
    reason: z.string().nullable(),
    retryCount: z.number(),
    nextAttemptAt: z.date().nullable(),
    toNumber: z.string().nullable(),
    sentAt: z.date().nullable(),
    deliveredAt: z.date().nullable(),
    readAt: z.date().nullable(),
  }),
  z.object({
    ...happened,
    kind: z.literal("received"),
    type: z.enum(["reply", "reaction"]),
    text: z.string(),
    /** a word that is a command: opts out or in, joins the sandbox */
    keyword: z.enum(["stop", "start", "join"]).nullable(),
    /** the text of the message it answers, where the contact chose one */
    quoted: z.string().nullable(),
    ...content,
  }),
  z.object({
    ...happened,
    kind: z.literal("change"),
    action: z.enum(["opted_out", "opted_in"]),
    userEmail: z.string().nullable(),
    reason: z.string().nullable(),
  }),
]);
export type ThreadItem = z.infer<typeof threadItem>;

export const conversation = z.object({
  contact: person.extend({
    ownerEmail: z.string().nullable(),
    /** theirs to answer: reading it is what "read" means */
    isMine: z.boolean(),
    unread: z.boolean(),
  }),
  /** the latest last */
  items: z.array(threadItem),
  /** where the older ones begin; null: that is all */
  older: z.string().nullable(),
  /** the newest message received, on whatever page; null: none */
  lastReceivedId: z.number().nullable(),
});
export type Conversation = z.infer<typeof conversation>;
export type ConversationContact = Conversation["contact"];

const strangerRow = z.object({
  id: z.number(),
  /** E.164; null: the user hides it */
  number: z.string().nullable(),
  address: z.string(),
  profileName: z.string().nullable(),
  lastSeenAt: z.date(),
  /** of their last message */
  text: z.string(),
  messageCount: z.number(),
});

export const strangerPage = z.object({
  rows: z.array(strangerRow),
  previous: z.string().nullable(),
  next: z.string().nullable(),
});
export type StrangerPage = z.infer<typeof strangerPage>;
export type StrangerRow = StrangerPage["rows"][number];

export const stranger = strangerRow.extend({
  /** the latest last, the last hundred of them */
  messages: z.array(
    z.object({
      ...happened,
      text: z.string(),
      keyword: z.enum(["stop", "start", "join"]).nullable(),
      ...content,
    }),
  ),
});
export type Stranger = z.infer<typeof stranger>;
