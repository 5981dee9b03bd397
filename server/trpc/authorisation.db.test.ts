// The matrix: every procedure, called by everybody there is. Each call happens in a transaction of its own that is undone.
import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { makeOwnedRows } from "#server/testing/owned-rows.ts";
import { type ProcedureRule, procedureRules } from "#server/testing/procedures.ts";
import { createContext } from "#server/trpc/context.ts";
import type { Context } from "#server/trpc/init.ts";
import { problemOf } from "#server/trpc/problem.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, sql } = await testDatabase();
/** Nobody listens there: no test asks the real Twilio, nor our own webhook. */
const nowhere = "http://127.0.0.1:9";
const env = makeEnv({
  TWILIO_API_BASE_URL: nowhere,
  TWILIO_WEBHOOK_BASE_URL: nowhere,
  TWILIO_TIMEOUT_MS: "1000",
});

const owner = await makeSignedIn(db);
const rows = await makeOwnedRows(db, sql, owner);
const gone = await makeSignedIn(db, "super_admin");
const expired = await makeSignedIn(db, "super_admin");

async function sessionOf(user: SignedInUser): Promise<string> {
  return createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret: env.sessionSecret });
}

const tokens: Record<string, string | null> = {
  nobody: null,
  owner: await sessionOf(owner),
  "other admin": await sessionOf(await makeSignedIn(db)),
  "super admin": await sessionOf(await makeSignedIn(db, "super_admin")),
  "deactivated user": await sessionOf(gone),
  "expired session": await sessionOf(expired),
};
await sql`update users set is_active = false where id = ${gone.id}`;
await sql`update sessions set last_seen_at = now() - interval '31 minutes' where user_id = ${expired.id}`;

/** What the procedure answers: "in", or the code of the refusal. Whoever got in may be told that it cannot be done now. */
async function verdict(
  path: string,
  rule: ProcedureRule,
  who: Partial<Context> & { sessionToken: string | null },
) {
  const undo = new Error("undone");
  let told = "";
  await db
    .transaction(async (tx) => {
      const services = { ...makeContext(db, null).services, db: tx as unknown as typeof db, env };
      const asked = { sessionToken: who.sessionToken, ip: "192.0.2.1", userAgent: null, requestId: "test" };
      const context = { ...(await createContext(services, { ...asked, touch: false })), ...who };
      told = await answerOf(path, context, rule.input?.(rows));
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return told;
}

async function answerOf(path: string, context: Context, input: unknown): Promise<string> {
  const [router = "", name = ""] = path.split(".");
  const procedure = Reflect.get(Reflect.get(createCaller(context), router), name);
  try {
    await procedure(input);
    return "in";
  } catch (error) {
    const problem = problemOf(error);
    if (problem?.code && /^(auth\.(required|forbidden)|api\.|.*\.not_found$)/.test(problem.code))
      return problem.code;
    // an input the schema refuses would prove nothing about who may call it
    if (!(error instanceof TRPCError) || problem?.code === null || error.code === "INTERNAL_SERVER_ERROR")
      throw error;
    return "in";
  }
}

function expected({ access, hides, private: isPrivate }: ProcedureRule, who: string): string {
  if (access === "everybody") return "in";
  if (["nobody", "deactivated user", "expired session"].includes(who)) return "auth.required";
  const isSuper = who === "super admin";
  if ((access === "super" || access === "keeper") && !isSuper) return "auth.forbidden";
  const sees = who === "owner" || (isSuper && !isPrivate);
  return hides && !sees ? `${hides}.not_found` : "in";
}

/** Not found for want of what the rows of this test do not hold, by whoever may see the rest. */
const beyond: Record<string, string> = {
  "conversations.media": "media.not_found",
  "strangers.media": "media.not_found",
};

test("the matrix holds every procedure, and no other", () => {
  expect(Object.keys(procedureRules).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
});

test.each(Object.entries(procedureRules))("%s lets in whom it should", async (path, rule) => {
  for (const [who, sessionToken] of Object.entries(tokens)) {
    const told = await verdict(path, rule, { sessionToken });
    const wanted = expected(rule, who);
    expect([who, told === beyond[path] ? "in" : told]).toEqual([who, wanted]);
  }
});

test.each(Object.entries(procedureRules))("%s and a program's token", async (path, rule) => {
  const type = Reflect.get(appRouter._def.procedures, path)._def.type;
  for (const scope of ["read", "write"] as const) {
    const told = await verdict(path, rule, { sessionToken: null, user: owner, scope });
    const isForPeople = rule.access === "person" || rule.access === "keeper";
    const wanted =
      rule.access === "everybody"
        ? "in"
        : scope === "read" && type === "mutation"
          ? "api.read_only"
          : isForPeople
            ? "api.session_required"
            : expected(rule, "owner");
    expect([scope, told === beyond[path] ? "in" : told]).toEqual([scope, wanted]);
  }
});
