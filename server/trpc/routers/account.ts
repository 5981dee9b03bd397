import { z } from "zod";
import { changePasswordInput, endSessionInput } from "#server/domain/inputs.ts";
import { AppError } from "#server/errors.ts";
import { audited, router, type UserContext, userProcedure } from "#server/trpc/init.ts";
import { authenticate } from "#server/users/authenticate.ts";
import { hashPassword, requireStrongPassword } from "#server/users/password.ts";
import { endSessionsOf, listSessions } from "#server/users/sessions.ts";
import { setPassword } from "#server/users/set-password.ts";
import { sessionRow } from "#server/users/views.ts";

const ended = z.object({ count: z.number() });

/** The session that asks. */
const ownSession = ({ sessionToken, services }: UserContext) => ({
  token: sessionToken ?? "",
  secret: services.env.sessionSecret,
});

/** What everybody does with their own account. */
export const accountRouter = router({
  /** Ends every other session. The wrong password counts as a failed sign-in. */
  changePassword: userProcedure
    .input(changePasswordInput)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      const { id, email } = ctx.user;
      requireStrongPassword(input.newPassword);
      await authenticate(ctx.services.db, { email, password: input.currentPassword, ip: ctx.ip }).catch(
        (error) => {
          throw error instanceof AppError && error.code === "auth.invalid_credentials"
            ? new AppError("user.wrong_password")
            : error;
        },
      );
      const passwordHash = await hashPassword(input.newPassword);
      return audited(ctx, "user.password_changed", async (tx) => {
        await setPassword(tx, { id, passwordHash, keep: ownSession(ctx) });
        return { result: {}, subjectId: id };
      });
    }),

  sessions: userProcedure
    .output(z.array(sessionRow))
    .query(({ ctx }) => listSessions(ctx.services.db, { userId: ctx.user.id, current: ownSession(ctx) })),

  /** One of one's own sessions but this one; one that is over already is none. */
  endSession: userProcedure
    .input(endSessionInput)
    .output(ended)
    .mutation(({ ctx, input }) => endOthers(ctx, input.id)),

  endOtherSessions: userProcedure.output(ended).mutation(({ ctx }) => endOthers(ctx)),
});

function endOthers(ctx: UserContext, sessionId?: string): Promise<{ count: number }> {
  const { id: userId } = ctx.user;
  return audited(ctx, "user.sessions_ended", async (tx) => {
    const count = await endSessionsOf(tx, { userId, id: sessionId, keep: ownSession(ctx) });
    return { result: { count }, action: count > 0 ? undefined : null, subjectId: userId, after: { count } };
  });
}
