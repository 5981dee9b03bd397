// The matrix: every procedure, called by everybody there is. Each call happens in a transaction of its own that is undone.
import { TRPCError } from "@trpc/server";
import { sql as rawSql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Executor, queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { makeOwnedRows } from "#server/testing/owned-rows.ts";
import {
  type OwnedRows,
  ownersMark,
  type ProcedureRule,
  procedureRules,
} from "#server/testing/procedures.ts";
import { createContext } from "#server/trpc/context.ts";
import type { Context } from "#server/trpc/init.ts";
import { problemOf } from "#server/trpc/problem.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, sql } = await testDatabase();
/** Nobody listens there: no test asks the real Twilio, nor our own webhook. */
const silent = "http://127.0.0.1:9";
const env = makeEnv({
  TWILIO_API_BASE_URL: silent,
  TWILIO_WEBHOOK_BASE_URL: silent,
  TWILIO_TIMEOUT_MS: "1000",
});

const owner = await makeSignedIn(db);
const rows = await makeOwnedRows(db, sql, owner);
/** None of them exists, but for the template, which all share. */
const none = Object.fromEntries(Object.keys(rows).map((name) => [name, 999_999])) as OwnedRows;
const nowhere = { ...none, template: rows.template };
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

type Who = Partial<Context> & { sessionToken: string | null };
/** "in", or the code of the refusal; what was said, and whether any row is another than before */
type Verdict = { told: string; said: string; changed: boolean };

/** What the procedure answers. Whoever got in may be told that it cannot be done now. */
async function verdict(path: string, input: unknown, who: Who): Promise<Verdict> {
  const undone = new Error("undone");
  let verdict: Verdict | null = null;
  await db
    .transaction(async (tx) => {
      const services = { ...makeContext(db, null).services, db: tx as unknown as typeof db, env };
      const asked = { sessionToken: who.sessionToken, ip: "192.0.2.1", userAgent: null, requestId: "test" };
      const context = { ...(await createContext(services, { ...asked, touch: false })), ...who };
      const before = await snapshotOf(tx);
      const answer = await answerOf(path, context, input);
      verdict = { ...answer, changed: answer.told !== "in" && before !== (await snapshotOf(tx)) };
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  if (verdict === null) throw new Error("nothing was asked");
  return verdict;
}

/** Everything one could change without being allowed to. */
async function snapshotOf(tx: Executor): Promise<string> {
  const tables = await queryRows<{ name: string }>(
    tx,
    rawSql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const counted = tables.map(
    ({ name }) => rawSql`(select jsonb_agg(t order by t::text) from ${rawSql.identifier(name)} t)`,
  );
  const [row] = await queryRows<{ all: unknown }>(
    tx,
    rawSql`select md5(jsonb_build_array(${rawSql.join(counted, rawSql`, `)})::text) as all`,
  );
  return String(row?.all);
}

async function answerOf(path: string, context: Context, input: unknown) {
  const [router = "", name = ""] = path.split(".");
  const procedure = Reflect.get(Reflect.get(createCaller(context), router), name);
  try {
    return { told: "in", said: JSON.stringify(await procedure(input)) };
  } catch (error) {
    const problem = problemOf(error);
    const said = JSON.stringify(problem);
    if (problem?.code && /^(auth\.(required|forbidden)|api\.|.*\.not_found$)/.test(problem.code))
      return { told: problem.code, said };
    // an input the schema refuses would prove nothing about who may call it
    if (!(error instanceof TRPCError) || problem?.code === null || error.code === "INTERNAL_SERVER_ERROR")
      throw error;
    return { told: "in", said };
  }
}

function expected(rule: ProcedureRule, who: string): string {
  const { access, hides } = rule;
  if (access === "everybody") return "in";
  if (["nobody", "deactivated user", "expired session"].includes(who)) return "auth.required";
  if ((access === "super" || access === "keeper") && who !== "super admin") return "auth.forbidden";
  return hides && !sees(rule, who) ? `${hides}.not_found` : "in";
}

/** Whether the rows are for this one to see. */
function sees({ private: isPrivate }: ProcedureRule, who: string): boolean {
  return who === "owner" || (who === "super admin" && !isPrivate);
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
    const { told, said, changed } = await verdict(path, rule.input?.(rows), { sessionToken });
    const wanted = expected(rule, who);
    expect([who, told === beyond[path] ? "in" : told, changed]).toEqual([who, wanted, false]);
    if (wanted.endsWith(".not_found")) {
      // like one that does not exist
      expect([who, said]).toEqual([who, (await verdict(path, rule.input?.(nowhere), { sessionToken })).said]);
    }
    if (rule.lists && wanted === "in") {
      expect([who, said.includes(ownersMark)]).toEqual([who, sees(rule, who)]);
    }
  }
});

test.each(Object.entries(procedureRules))("%s and a program's token", async (path, rule) => {
  const type = Reflect.get(appRouter._def.procedures, path)._def.type;
  for (const scope of ["read", "write"] as const) {
    const { told } = await verdict(path, rule.input?.(rows), { sessionToken: null, user: owner, scope });
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
