import { z } from "zod";
import { cursorInput, resendInput } from "#server/domain/inputs.ts";
import { formatPhone } from "#server/domain/phone.ts";
import { joinUrl } from "#server/domain/sandbox.ts";
import { listComebacks, resendToComebacks } from "#server/sandbox/comebacks.ts";
import { countMemberships, membershipReminders } from "#server/sandbox/membership.ts";
import {
  comebackPage,
  consoleSettings,
  membershipCounts,
  membershipReminders as reminders,
} from "#server/sandbox/views.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";
import { webhookPath } from "#server/twilio/callback-url.ts";
import { signedBase } from "#server/twilio/verify-webhook.ts";

export const sandboxRouter = router({
  /** What a recipient needs to join, and the limits of the sandbox. */
  info: userProcedure
    .output(
      z.object({
        /** E.164 */
        number: z.string(),
        /** as people write it: what formats numbers is a third of the scripts of a first page */
        numberText: z.string(),
        /** without the word `join`; null: not configured */
        joinCode: z.string().nullable(),
        /** opens WhatsApp with the join message written; null without a code */
        joinUrl: z.string().nullable(),
        intervalMs: z.number(),
        membershipHours: z.number(),
        windowHours: z.number(),
      }),
    )
    .query(({ ctx: { services } }) => ({
      number: services.env.twilioSandboxNumber,
      numberText: formatPhone(services.env.twilioSandboxNumber),
      joinCode: services.env.twilioSandboxJoinCode,
      joinUrl: joinUrl(services.env.twilioSandboxNumber, services.env.twilioSandboxJoinCode),
      intervalMs: services.env.sendIntervalMs,
      membershipHours: services.env.sandboxMembershipHours,
      windowHours: services.env.serviceWindowHours,
    })),

  /** What to paste into the Twilio console; a user and password in the address are the super admin's to know. */
  console: userProcedure.output(consoleSettings).query(({ ctx: { services, user } }) => {
    const { webhookBaseUrl } = services.env;
    const url = (user.role === "super_admin" ? webhookBaseUrl : signedBase(webhookBaseUrl)) + webhookPath;
    return { inboundUrl: url, statusUrl: url };
  }),

  membership: userProcedure
    .output(membershipCounts)
    .query(({ ctx }) => countMemberships(ctx.services.db, { user: ctx.user, env: ctx.services.env })),

  reminders: userProcedure
    .output(reminders)
    .query(({ ctx }) => membershipReminders(ctx.services.db, { user: ctx.user, env: ctx.services.env })),

  comebacks: userProcedure
    .input(cursorInput)
    .output(comebackPage)
    .query(({ ctx, input }) =>
      listComebacks(ctx.services.db, { user: ctx.user, env: ctx.services.env, ...input }),
    ),

  /** Sends again the Message 1 of contacts who have joined since Twilio refused them. */
  resend: userProcedure
    .input(resendInput)
    .output(z.object({ count: z.number() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "sandbox.resent", async (tx) => {
        const messageIds = input.messageIds ?? null;
        const count = await resendToComebacks(tx, { user: ctx.user, env: ctx.services.env, messageIds });
        return { result: { count }, subjectId: null, after: { messageIds, count } };
      }),
    ),
});
