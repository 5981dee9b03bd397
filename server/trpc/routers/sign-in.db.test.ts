// What a caller of auth.signIn is told, and when nobody is let in any more.
import { TRPCError } from "@trpc/server";
import { hash } from "bcryptjs";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContext } from "#server/testing/caller.ts";
import { makeUser } from "#server/testing/factories.ts";
import { problemOf } from "#server/trpc/problem.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db, sql } = await testDatabase();
const password = "relance-demo";
// cost lowered for the speed of the tests
const passwordHash = await hash(password, 4);
await makeUser(db, { email: "claire@relance.test", passwordHash });
await makeUser(db, { email: "paul@relance.test", passwordHash });

/** What signing in answers: a code, or whom it let in. */
async function answerTo(email: string, typed: string, ip: string) {
  const { auth } = createCaller(makeContext(db, null, { ip }));
  const answer = await auth.signIn({ email, password: typed }).catch((reason: unknown) => reason);
  if (!(answer instanceof TRPCError)) return answer;
  const { code, message } = answer;
  return { code, message, problem: problemOf(answer) };
}
const letIn = { token: expect.any(String), user: expect.objectContaining({ role: "admin" }) };
const locked = { code: "TOO_MANY_REQUESTS", message: "auth.locked" };

test("an unknown e-mail and a wrong password get the same answer, to the letter", async () => {
  const wrong = await answerTo("claire@relance.test", "autre chose", "192.0.2.1");
  expect(await answerTo("inconnu@relance.test", "autre chose", "192.0.2.1")).toEqual(wrong);
  expect(wrong).toEqual({
    code: "UNAUTHORIZED",
    message: "auth.invalid_credentials",
    problem: { code: "auth.invalid_credentials", meta: {}, fields: {} },
  });
});

test("the tenth failure locks that e-mail and address out for 15 minutes, the right password too, and nobody else", async () => {
  for (let failure = 1; failure <= 10; failure += 1) {
    const answer = await answerTo("claire@relance.test", "autre chose", "192.0.2.7");
    expect([failure, answer]).toMatchObject([failure, { code: "UNAUTHORIZED" }]);
  }
  const shut = await answerTo("claire@relance.test", password, "192.0.2.7");
  expect(shut).toMatchObject({ ...locked, problem: { meta: { minutes: 15 } } });
  expect(await answerTo("CLAIRE@relance.test", password, "192.0.2.7")).toMatchObject(locked);
  expect(await answerTo("claire@relance.test", password, "192.0.2.8")).toMatchObject(letIn);
  expect(await answerTo("paul@relance.test", password, "192.0.2.7")).toMatchObject(letIn);
  await sql`update sign_in_attempts set at = at - interval '16 minutes'`;
  expect(await answerTo("claire@relance.test", password, "192.0.2.7")).toMatchObject(letIn);
});

test("who is let in has a session and a line in the audit log; who is not has neither", async () => {
  const rows = async () => {
    const [counted] = await sql`select (select count(*)::int from sessions) as sessions,
      (select count(*)::int from audit_log where action = 'auth.signed_in') as lines`;
    return counted;
  };
  const before = await rows();
  await answerTo("paul@relance.test", "autre chose", "192.0.2.9");
  expect(await rows()).toEqual(before);
  await answerTo("paul@relance.test", password, "192.0.2.9");
  expect(await rows()).toEqual({ sessions: before?.sessions + 1, lines: before?.lines + 1 });
});
