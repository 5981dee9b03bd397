import { z } from "zod";
import { recordAudit } from "#server/audit/record.ts";
import { signInInput } from "#server/domain/inputs.ts";
import { publicProcedure, router } from "#server/trpc/init.ts";
import { authenticate } from "#server/users/authenticate.ts";
import { signedInUser } from "#server/users/ownership.ts";
import { createSession, endSession } from "#server/users/sessions.ts";

export const authRouter = router({
  signIn: publicProcedure
    .input(signInInput)
    .output(z.object({ token: z.string(), user: signedInUser }))
    .mutation(async ({ ctx, input }) => {
      const { db, env } = ctx.services;
      const user = await authenticate(db, { ...input, ip: ctx.ip });
      const { ip, userAgent } = ctx;
      const token = await createSession(db, { userId: user.id, ip, userAgent, secret: env.sessionSecret });
      await recordAudit(db, { userId: user.id, ip, action: "auth.signed_in", subjectId: user.id });
      return { token, user };
    }),

  /** Ends the session of the caller's cookie; nothing to end is fine. */
  signOut: publicProcedure.output(z.object({})).mutation(async ({ ctx }) => {
    const { db, env } = ctx.services;
    if (ctx.sessionToken) await endSession(db, { token: ctx.sessionToken, secret: env.sessionSecret });
    if (ctx.user) {
      const userId = ctx.user.id;
      await recordAudit(db, { userId, ip: ctx.ip, action: "auth.signed_out", subjectId: userId });
    }
    return {};
  }),

  me: publicProcedure.output(signedInUser.nullable()).query(({ ctx }) => ctx.user),
});
