import { z } from "zod";
import {
  changePasswordInput,
  codeInput,
  createTokenInput,
  endSessionInput,
  idInput,
  ownPasswordInput,
} from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import { audited, personProcedure, router, type UserContext } from "#server/trpc/init.ts";
import { createApiToken, listApiTokens, revokeApiToken } from "#server/users/api-tokens.ts";
import { authenticate } from "#server/users/authenticate.ts";
import { listSignIns } from "#server/users/list-sign-ins.ts";
import { hashPassword, requireStrongPassword } from "#server/users/password.ts";
import { endSessionsOf, listSessions } from "#server/users/sessions.ts";
import { setPassword } from "#server/users/set-password.ts";
import {
  cancelTwoFactor,
  confirmTwoFactor,
  readTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
  startTwoFactor,
} from "#server/users/two-factor.ts";
import { apiTokenRow, sessionRow, signInRow, twoFactorState } from "#server/users/views.ts";

const ended = z.object({ count: z.number() });
/** The only time they are told. */
const withRecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

/** The session that asks. */
const ownSession = ({ sessionToken, services }: UserContext) => ({
  token: sessionToken ?? "",
  secret: services.env.sessionSecret,
});

const secretOf = ({ services }: UserContext) => services.env.sessionSecret;

/** AppErrors `user.wrong_password`, `auth.locked`. */
async function confirmPassword(
  { services, user, ip, userAgent }: UserContext,
  { currentPassword }: { currentPassword: string },
): Promise<void> {
  const credentials = { email: user.email, password: currentPassword, ip, userAgent };
  await authenticate(services.db, credentials).catch((error) => {
    throw error instanceof AppError && error.code === "auth.invalid_credentials"
      ? new AppError("user.wrong_password")
      : error;
  });
}

/** What everybody does with their own account. */
export const accountRouter = router({
  /** Ends every other session. The wrong password counts as a failed sign-in. */
  changePassword: personProcedure
    .input(changePasswordInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      const { id } = ctx.user;
      requireStrongPassword(input.newPassword, ctx.user);
      await confirmPassword(ctx, input);
      const passwordHash = await hashPassword(input.newPassword);
      return audited(ctx, "user.password_changed", async (tx) => {
        await setPassword(tx, { id, passwordHash, keep: ownSession(ctx) });
        return { result: {}, subjectId: id };
      });
    }),

  twoFactor: personProcedure.output(twoFactorState).query(({ ctx }) => {
    const { id: userId, email } = ctx.user;
    return readTwoFactor(ctx.services.db, { userId, email, secret: secretOf(ctx) });
  }),

  startTwoFactor: personProcedure
    .input(ownPasswordInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await confirmPassword(ctx, input);
      return audited(ctx, "user.two_factor_started", async (tx) => {
        await startTwoFactor(tx, { userId: ctx.user.id, secret: secretOf(ctx) });
        return { result: {}, subjectId: ctx.user.id };
      });
    }),

  cancelTwoFactor: personProcedure.output(z.object({})).mutation(({ ctx }) =>
    audited(ctx, "user.two_factor_cancelled", async (tx) => {
      await cancelTwoFactor(tx, ctx.user.id);
      return { result: {}, subjectId: ctx.user.id };
    }),
  ),

  /** The other sessions were opened without a code: they end. */
  confirmTwoFactor: personProcedure
    .input(codeInput)
    .output(withRecoveryCodes)
    .mutation(({ ctx, input: { code } }) =>
      audited(ctx, "user.two_factor_on", async (tx) => {
        const userId = ctx.user.id;
        const result = await confirmTwoFactor(tx, { userId, code, secret: secretOf(ctx) });
        await endSessionsOf(tx, { userId, keep: ownSession(ctx) });
        return { result, subjectId: userId };
      }),
    ),

  renewRecoveryCodes: personProcedure
    .input(ownPasswordInput)
    .output(withRecoveryCodes)
    .mutation(async ({ ctx, input }) => {
      await confirmPassword(ctx, input);
      return audited(ctx, "user.recovery_codes_renewed", async (tx) => {
        const recoveryCodes = await renewRecoveryCodes(tx, ctx.user.id);
        return { result: { recoveryCodes }, subjectId: ctx.user.id };
      });
    }),

  removeTwoFactor: personProcedure
    .input(ownPasswordInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await confirmPassword(ctx, input);
      return audited(ctx, "user.two_factor_off", async (tx) => {
        await removeTwoFactor(tx, ctx.user.id);
        return { result: {}, subjectId: ctx.user.id };
      });
    }),

  signIns: personProcedure
    .output(z.array(signInRow))
    .query(({ ctx }) => listSignIns(ctx.services.db, { email: ctx.user.email })),

  tokens: personProcedure
    .output(z.array(apiTokenRow))
    .query(({ ctx }) => listApiTokens(ctx.services.db, ctx.user.id)),

  /** The only time the token is told. */
  createToken: personProcedure
    .input(createTokenInput)
    .output(z.object({ id: z.number(), token: z.string() }))
    .mutation(async ({ ctx, input: { currentPassword, ...wanted } }) => {
      await confirmPassword(ctx, { currentPassword });
      return audited(ctx, "api_token.created", async (tx) => {
        const result = await createApiToken(tx, { userId: ctx.user.id, ...wanted });
        return { result, subjectId: result.id, after: wanted };
      });
    }),

  revokeToken: personProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "api_token.revoked", async (tx) => {
        const before = await revokeApiToken(tx, { userId: ctx.user.id, id });
        return { result: {}, subjectId: id, before };
      }),
    ),

  sessions: personProcedure
    .output(z.array(sessionRow))
    .query(({ ctx }) => listSessions(ctx.services.db, { userId: ctx.user.id, current: ownSession(ctx) })),

  /** One of one's own sessions but this one; one that is over already is none. */
  endSession: personProcedure
    .input(endSessionInput)
    .output(ended)
    .mutation(({ ctx, input }) => endOthers(ctx, input.id)),

  endOtherSessions: personProcedure.output(ended).mutation(({ ctx }) => endOthers(ctx)),
});

function endOthers(ctx: UserContext, sessionId?: string): Promise<{ count: number }> {
  const { id: userId } = ctx.user;
  return audited(ctx, "user.sessions_ended", async (tx) => {
    const count = await endSessionsOf(tx, { userId, id: sessionId, keep: ownSession(ctx) });
    return { result: { count }, action: count > 0 ? undefined : null, subjectId: userId, after: { count } };
  });
}
