import { z } from "zod";
import {
  assignOwnerInput,
  assignOwnerlessInput,
  changeRoleInput,
  createUserInput,
  idInput,
  setActiveInput,
} from "#server/domain/inputs.ts";
import { accountKeeperProcedure, audited, router } from "#server/trpc/init.ts";
import { assignOwner } from "#server/users/assign-owner.ts";
import { assignOwnerless, countOwnerless } from "#server/users/assign-ownerless.ts";
import { changeRole } from "#server/users/change-role.ts";
import { createUser } from "#server/users/create-user.ts";
import { hashPassword, makePassword } from "#server/users/password.ts";
import { listUsers, lockUser } from "#server/users/queries.ts";
import { createResetLink } from "#server/users/reset-links.ts";
import { setUserActive } from "#server/users/set-active.ts";
import { setPassword } from "#server/users/set-password.ts";
import { removeTwoFactor } from "#server/users/two-factor.ts";
import { ownerless, userRow } from "#server/users/views.ts";

/** The only time the password is told. */
const withPassword = z.object({ id: z.number(), email: z.string(), password: z.string() });

export const usersRouter = router({
  list: accountKeeperProcedure.output(z.array(userRow)).query(({ ctx }) => listUsers(ctx.services.db)),

  create: accountKeeperProcedure
    .input(createUserInput)
    .output(withPassword)
    .mutation(async ({ ctx, input }) => {
      const password = makePassword();
      const passwordHash = await hashPassword(password);
      return audited(ctx, "user.created", async (tx) => {
        const { id } = await createUser(tx, { ...input, passwordHash });
        return { result: { id, email: input.email, password }, subjectId: id, after: input };
      });
    }),

  resetPassword: accountKeeperProcedure
    .input(idInput)
    .output(withPassword)
    .mutation(async ({ ctx, input: { id } }) => {
      const password = makePassword();
      const passwordHash = await hashPassword(password);
      return audited(ctx, "user.password_reset", async (tx) => {
        const { email } = await setPassword(tx, { id, passwordHash });
        return { result: { id, email, password }, subjectId: id };
      });
    }),

  /** A link for a new password, the only time it is told; the old password stays good until it is used. */
  createResetLink: accountKeeperProcedure
    .input(idInput)
    .output(z.object({ email: z.string(), resetToken: z.string(), expiresAt: z.date() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "user.reset_link_made", async (tx) => {
        const { token: resetToken, ...made } = await createResetLink(tx, input);
        return { result: { resetToken, ...made }, subjectId: input.id };
      }),
    ),

  /** For whoever lost their device and their recovery codes. */
  removeTwoFactor: accountKeeperProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "user.two_factor_off", async (tx) => {
        await lockUser(tx, id);
        await removeTwoFactor(tx, id);
        return { result: {}, subjectId: id };
      }),
    ),

  setActive: accountKeeperProcedure
    .input(setActiveInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, input.isActive ? "user.activated" : "user.deactivated", async (tx) => {
        const before = await setUserActive(tx, input);
        return { result: {}, subjectId: input.id, before };
      }),
    ),

  changeRole: accountKeeperProcedure
    .input(changeRoleInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { id, role } }) =>
      audited(ctx, "user.role_changed", async (tx) => {
        const before = await changeRole(tx, { id, role });
        return { result: {}, subjectId: id, before, after: { role } };
      }),
    ),

  /** Whoever manages a contact, a campaign or a category from now on. */
  assignOwner: accountKeeperProcedure
    .input(assignOwnerInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { subject, id, ownerId } }) =>
      audited(ctx, `${subject}.assigned`, async (tx) => {
        const before = await assignOwner(tx, { subject, id, ownerId });
        return { result: {}, subjectId: id, before, after: { ownerId } };
      }),
    ),

  ownerless: accountKeeperProcedure.output(ownerless).query(({ ctx }) => countOwnerless(ctx.services.db)),

  assignOwnerless: accountKeeperProcedure
    .input(assignOwnerlessInput)
    .output(ownerless)
    .mutation(({ ctx, input }) =>
      audited(ctx, "ownerless.assigned", async (tx) => {
        const result = await assignOwnerless(tx, input);
        return { result, subjectId: null, after: { ...result, ...input } };
      }),
    ),
});
