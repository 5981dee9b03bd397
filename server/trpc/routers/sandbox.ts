import { z } from "zod";
import { formatPhone } from "#server/domain/phone.ts";
import { joinUrl } from "#server/domain/sandbox.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

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
});
