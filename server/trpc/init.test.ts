import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { connect } from "#db/client.ts";
import { AppError } from "#server/errors.ts";
import { makeContext } from "#server/testing/caller.ts";
import {
  createCallerFactory,
  publicProcedure,
  router,
  superAdminProcedure,
  userProcedure,
} from "#server/trpc/init.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const { db, close } = connect("postgres://nobody@127.0.0.1:1/nothing");
afterAll(close);

const ladder = router({
  everybody: publicProcedure.query(() => "ok"),
  users: userProcedure.query(({ ctx }) => ctx.user.email),
  superAdmins: superAdminProcedure.query(({ ctx }) => ctx.user.email),
  refused: publicProcedure.query(() => {
    throw new AppError("contact.already_exists", { contactId: 7 });
  }),
  broken: publicProcedure.query(() => {
    throw new Error("password=hunter2");
  }),
  wrongOutput: publicProcedure.output(z.object({ id: z.number() })).query(() => ({ id: "7" }) as never),
  away: publicProcedure.query(async () => {
    await db.execute("select 1");
  }),
});

function asked(by: SignedInUser["role"] | null) {
  const user = by && { id: 1, email: "a@relance.test", role: by };
  const context = makeContext(db, user);
  const { lines } = context.services.log as unknown as { lines: string[] };
  return { call: createCallerFactory(ladder)(context), lines };
}

test("the ladder lets in everybody, users, super admins", async () => {
  const climb = async (by: SignedInUser["role"] | null) => {
    const { call } = asked(by);
    const steps = await Promise.allSettled([call.everybody(), call.users(), call.superAdmins()]);
    return steps.map((step) => (step.status === "fulfilled" ? "ok" : step.reason.code));
  };
  expect(await climb(null)).toEqual(["ok", "UNAUTHORIZED", "UNAUTHORIZED"]);
  expect(await climb("admin")).toEqual(["ok", "ok", "FORBIDDEN"]);
  expect(await climb("super_admin")).toEqual(["ok", "ok", "ok"]);
});

test("what a user caused keeps its code and is not logged", async () => {
  const { call, lines } = asked(null);
  await expect(call.refused()).rejects.toMatchObject({
    code: "CONFLICT",
    message: "contact.already_exists",
    cause: { meta: { contactId: 7 } },
  });
  expect(lines).toEqual([]);
});

test.each(["broken", "wrongOutput"] as const)(
  "%s is logged once and told as nothing but internal",
  async (name) => {
    const { call, lines } = asked(null);
    const error = await call[name]().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR", message: "internal" });
    expect((error as Error).cause).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      level: "error",
      path: name,
      err: { stack: expect.any(String) },
    });
  },
);

test("a database that is away is told as such", async () => {
  const { call, lines } = asked(null);
  await expect(call.away()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(lines).toHaveLength(1);
});
