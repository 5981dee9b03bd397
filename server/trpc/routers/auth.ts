import { z } from "zod";
import { addressKey } from "#server/address-key.ts";
import { recordAudit } from "#server/audit/record.ts";
import { resetLinkInput, signInCodeInput, signInInput, useResetLinkInput } from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import { type Context, publicProcedure, router } from "#server/trpc/init.ts";
import { type SignedInUser, signedInUser } from "#server/users/ownership.ts";
import { hashPassword, requireStrongPassword } from "#server/users/password.ts";
import { findReset, useResetLink } from "#server/users/reset-links.ts";
import { createSession, endSession } from "#server/users/sessions.ts";
import { signInWithCode, signInWithPassword } from "#server/users/sign-in.ts";

const signedIn = z.object({ kind: z.literal("signed_in"), token: z.string(), user: signedInUser });
const codeRequired = z.object({ kind: z.literal("code_required"), challenge: z.string() });

export const authRouter = router({
  /** A session, or what has to come back with a code where the account asks for one. */
  signIn: publicProcedure
    .input(signInInput)
    .output(z.discriminatedUnion("kind", [signedIn, codeRequired]))
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent, services } = ctx;
      const secret = services.env.sessionSecret;
      refuseFloods(ctx);
      const { user, challenge } = await signInWithPassword(services.db, { ...input, ip, userAgent, secret });
      return user ? openSession(ctx, user) : { kind: "code_required" as const, challenge };
    }),

  signInWithCode: publicProcedure
    .input(signInCodeInput)
    .output(signedIn)
    .mutation(async ({ ctx, input }) => {
      const { ip, userAgent, services } = ctx;
      const secret = services.env.sessionSecret;
      return openSession(ctx, await signInWithCode(services.db, { ...input, ip, userAgent, secret }));
    }),

  /** Whose password a link changes; null: it is good for nothing. */
  resetLink: publicProcedure
    .input(resetLinkInput)
    .output(z.object({ email: z.string() }).nullable())
    .query(async ({ ctx, input }) => {
      const found = await findReset(ctx.services.db, input);
      return found && { email: found.email };
    }),

  useResetLink: publicProcedure
    .input(useResetLinkInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input: { token, newPassword } }) => {
      const { db } = ctx.services;
      const found = await findReset(db, { token });
      if (!found) throw new AppError("user.reset_link_invalid");
      requireStrongPassword(newPassword, found);
      const passwordHash = await hashPassword(newPassword);
      await db.transaction(async (tx) => {
        const { userId } = await useResetLink(tx, { token, passwordHash });
        await recordAudit(tx, { userId, ip: ctx.ip, action: "user.reset_link_used", subjectId: userId });
      });
      return {};
    }),

  /** Ends the session of the caller's cookie; nothing to end is fine. A program has none: nobody signed out then. */
  signOut: publicProcedure.output(z.object({})).mutation(async ({ ctx }) => {
    const { db, env } = ctx.services;
    if (ctx.sessionToken) await endSession(db, { token: ctx.sessionToken, secret: env.sessionSecret });
    if (ctx.user && ctx.scope === null) {
      const userId = ctx.user.id;
      await recordAudit(db, { userId, ip: ctx.ip, action: "auth.signed_out", subjectId: userId });
    }
    return {};
  }),

  me: publicProcedure.output(signedInUser.nullable()).query(({ ctx }) => ctx.user),
});

/**
 * Each password costs a part of a second of this process, whose e-mails need not exist: no address may have it busy with
 * nothing else. AppError `api.too_many_requests`.
 */
function refuseFloods({ services, ip }: Context): void {
  const seconds = services.rates.api(`sign-in ${addressKey(ip)}`);
  if (seconds > 0) throw new AppError("api.too_many_requests", { seconds });
}

async function openSession({ services: { db, env }, ip, userAgent }: Context, user: SignedInUser) {
  const token = await createSession(db, { userId: user.id, ip, userAgent, secret: env.sessionSecret });
  await recordAudit(db, { userId: user.id, ip, action: "auth.signed_in", subjectId: user.id });
  return { kind: "signed_in" as const, token, user };
}
