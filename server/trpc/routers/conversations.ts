import { z } from "zod";
import { cancelReply } from "#server/conversations/cancel-reply.ts";
import { findMedia } from "#server/conversations/find-media.ts";
import { countUnread, listConversations } from "#server/conversations/list-conversations.ts";
import { markRead } from "#server/conversations/mark-read.ts";
import { markUnread } from "#server/conversations/mark-unread.ts";
import type { QueuedReply } from "#server/conversations/queue-reply.ts";
import { readConversation } from "#server/conversations/read-conversation.ts";
import { resendReply } from "#server/conversations/resend-reply.ts";
import { sendReply } from "#server/conversations/send-reply.ts";
import { sendTemplateReply } from "#server/conversations/send-template-reply.ts";
import { countUnknownSenders } from "#server/conversations/unknown-senders.ts";
import { conversation, inboxCounts, inboxPage } from "#server/conversations/views.ts";
import {
  conversationInput,
  idInput,
  inboxInput,
  markReadInput,
  mediaInput,
  replyInput,
  templateReplyInput,
} from "#server/domain/inputs.ts";
import { audited, router, type UserContext, userProcedure } from "#server/trpc/init.ts";

const queued = z.object({ messageId: z.number() });

/** The line of the audit log of a reply; none for one that had been queued before. */
function replied({ messageId, isNew }: QueuedReply, contactId: number, how: object = {}) {
  const action = isNew ? undefined : null;
  return { result: { messageId }, action, subjectId: contactId, after: { messageId, ...how } };
}

const asked = (ctx: UserContext) => ({ user: ctx.user, env: ctx.services.env });

export const conversationsRouter = router({
  list: userProcedure
    .input(inboxInput)
    .output(inboxPage)
    .query(({ ctx, input }) => listConversations(ctx.services.db, { ...asked(ctx), ...input })),

  counts: userProcedure.output(inboxCounts).query(async ({ ctx }) => {
    const { db } = ctx.services;
    const unread = await countUnread(db, asked(ctx));
    const strangers = ctx.user.role === "super_admin" ? await countUnknownSenders(db) : 0;
    return { unread, strangers };
  }),

  get: userProcedure
    .input(conversationInput)
    .output(conversation)
    .query(({ ctx, input }) => readConversation(ctx.services.db, { user: ctx.user, ...input })),

  reply: userProcedure
    .input(replyInput)
    .output(queued)
    .mutation(({ ctx, input }) =>
      audited(ctx, "conversation.replied", async (tx) =>
        replied(await sendReply(tx, { ...asked(ctx), ...input }), input.id),
      ),
    ),

  replyByTemplate: userProcedure
    .input(templateReplyInput)
    .output(queued)
    .mutation(({ ctx, input }) =>
      audited(ctx, "conversation.replied", async (tx) => {
        const reply = await sendTemplateReply(tx, { ...asked(ctx), ...input });
        return replied(reply, input.id, { templateId: input.templateId });
      }),
    ),

  /** `id`: of the message that failed. */
  resend: userProcedure
    .input(idInput)
    .output(queued)
    .mutation(({ ctx, input }) =>
      audited(ctx, "conversation.replied", async (tx) => {
        const reply = await resendReply(tx, { ...asked(ctx), ...input });
        return replied(reply, reply.contactId, { again: input.id });
      }),
    ),

  /** `id`: of the message. */
  cancelReply: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "conversation.reply_cancelled", async (tx) => {
        const { contactId } = await cancelReply(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: contactId, after: { messageId: input.id } };
      }),
    ),

  /** Not in the audit log: a page that is open does it by itself. */
  markRead: userProcedure
    .input(markReadInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await markRead(ctx.services.db, { user: ctx.user, ...input });
      return {};
    }),

  markUnread: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await markUnread(ctx.services.db, { user: ctx.user, ...input });
      return {};
    }),

  /** Of a message received: where its file lies at Twilio, for the route that fetches it. */
  media: userProcedure
    .input(mediaInput.extend({ contactId: idInput.shape.id }))
    .output(z.object({ url: z.string() }))
    .query(({ ctx, input }) => findMedia(ctx.services.db, { user: ctx.user, ...input })),
});
