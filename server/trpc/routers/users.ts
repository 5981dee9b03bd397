import { z } from "zod";
import { changeRoleInput, createUserInput, idInput, setActiveInput } from "#server/domain/inputs.ts";
import { audited, router, superAdminProcedure } from "#server/trpc/init.ts";
import { changeRole } from "#server/users/change-role.ts";
import { createUser } from "#server/users/create-user.ts";
import { hashPassword, makePassword } from "#server/users/password.ts";
import { listUsers } from "#server/users/queries.ts";
import { setUserActive } from "#server/users/set-active.ts";
import { setPassword } from "#server/users/set-password.ts";
import { userRow } from "#server/users/views.ts";

/** The only time the password is told. */
const withPassword = z.object({ id: z.number(), email: z.string(), password: z.string() });

export const usersRouter = router({
  list: superAdminProcedure.output(z.array(userRow)).query(({ ctx }) => listUsers(ctx.services.db)),

  create: superAdminProcedure
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

  resetPassword: superAdminProcedure
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

  setActive: superAdminProcedure
    .input(setActiveInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, input.isActive ? "user.activated" : "user.deactivated", async (tx) => {
        const before = await setUserActive(tx, input);
        return { result: {}, subjectId: input.id, before };
      }),
    ),

  changeRole: superAdminProcedure
    .input(changeRoleInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { id, role } }) =>
      audited(ctx, "user.role_changed", async (tx) => {
        const before = await changeRole(tx, { id, role });
        return { result: {}, subjectId: id, before, after: { role } };
      }),
    ),
});
