import type { AppLoadContext } from "@remix-run/node";
import { expect, onTestFinished, test } from "vitest";
import { noSessionHeader, sessionHeader, sessionToken } from "#app/lib/session.server.ts";
import { actionCaller, callerFor, requireUser } from "#app/lib/trpc.server.ts";
import { connect } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeServices, makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { problemOf } from "#server/trpc/problem.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, sql } = await testDatabase();
const env = makeEnv();

function args(path: string, cookie = "", patch: { db?: typeof db; method?: string } = {}) {
  const context: AppLoadContext = {
    services: makeServices(patch.db ?? db, env),
    rawUrl: path,
    ip: "192.0.2.1",
    requestId: "test",
    cspNonce: "nonce",
    drained: async () => true,
  };
  const request = new Request(`http://127.0.0.1${path}`, { method: patch.method, headers: { cookie } });
  return { request, context };
}

async function signedInCookie() {
  const user = await makeSignedIn(db);
  const secret = env.sessionSecret;
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  const header = await sessionHeader(token, { secureCookies: false });
  return { user, token, cookie: header.split(";")[0] as string };
}

/** The Response a call is answered with. */
async function thrown(work: Promise<unknown>): Promise<Response> {
  return work.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => (error instanceof Response ? error : expect.fail(`threw ${error}`)),
  );
}

test("the session cookie is out of reach of scripts and of other sites, and of http where there is https", async () => {
  const attributes = (header: string) => header.split("; ").slice(1);
  expect(attributes(await sessionHeader("t", { secureCookies: true }))).toEqual([
    "Path=/",
    "HttpOnly",
    "Secure",
    "SameSite=Lax",
  ]);
  expect(await sessionHeader("t", { secureCookies: false })).not.toContain("Secure");
  expect(await noSessionHeader({ secureCookies: true })).toContain("Max-Age=0");
});

test("the token comes back out of the cookie, and nothing out of a forged one", async () => {
  const { token, cookie } = await signedInCookie();
  expect(await sessionToken(args("/", cookie).request)).toBe(token);
  expect(await sessionToken(args("/", "relance_session=%%%").request)).toBeNull();
});

test("a loader of somebody who is not signed in leads to the sign-in page and back", async () => {
  const response = await thrown(callerFor(args("/contacts?page=2")).then((call) => call.contacts.list({})));
  expect([response.status, response.headers.get("location")]).toEqual([
    302,
    "/connexion?suite=%2Fcontacts%3Fpage%3D2",
  ]);
  expect((await thrown(requireUser(args("/campagnes")))).status).toBe(302);
});

test("a page with too long an address is no page to come back to", async () => {
  const back = async (search: string) => {
    const { contacts } = await callerFor(args(`/contacts?recherche=${search}`));
    return (await thrown(contacts.list({}))).headers.get("location");
  };
  expect(await back("a".repeat(1_900))).toHaveLength(
    "/connexion?suite=%2Fcontacts%3Frecherche%3D".length + 1_900,
  );
  expect(await back("%C3%A9".repeat(2_000))).toBe("/connexion");
});

test("a loader answers what is not found, not well asked or not there with its status", async () => {
  const { cookie } = await signedInCookie();
  const status = async (id: number) =>
    (await thrown(callerFor(args("/", cookie)).then((call) => call.contacts.get({ id })))).status;
  expect(await status(999_999)).toBe(404);
  expect(await status(Number.NaN)).toBe(400);
  expect(await status(99_999_999_999)).toBe(400);
  const nowhere = connect("postgres://nobody@127.0.0.1:1/nothing");
  onTestFinished(nowhere.close);
  const away = { db: nowhere.db };
  expect((await thrown(callerFor(args("/", cookie, away)))).status).toBe(503);
  const signIn = actionCaller(args("/connexion", "", { ...away, method: "POST" })).then((call) =>
    call.auth.signIn({ email: "x@y.fr", password: "faux" }),
  );
  expect((await thrown(signIn)).status).toBe(503);
});

test("an action gets what was refused as it is, but a session that is over leads to the sign-in page", async () => {
  const { cookie } = await signedInCookie();
  const call = await actionCaller(args("/contacts/nouveau", cookie, { method: "POST" }));
  const refusal = await call.contacts.create({ number: "06 12", country: "FR" }).catch(problemOf);
  expect(refusal).toEqual({ code: null, meta: {}, fields: { number: "invalid_phone" } });
  const wrong = await call.auth.signIn({ email: "x@y.fr", password: "faux" }).catch(problemOf);
  expect(wrong).toMatchObject({ code: "auth.invalid_credentials" });
  const nobody = await actionCaller(args("/contacts/nouveau", "", { method: "POST" }));
  const response = await thrown(nobody.contacts.create({ number: "+33612345678" }));
  expect(response.headers.get("location")).toBe("/connexion");
});

test("a page that reads itself again is no activity of the session", async () => {
  const { user, cookie } = await signedInCookie();
  await sql`update sessions set last_seen_at = now() - interval '20 minutes' where user_id = ${user.id}`;
  const minutesIdle = async () => {
    const [row] = await sql`
      select extract(epoch from now() - last_seen_at)::int / 60 as idle from sessions where user_id = ${user.id}`;
    return row?.idle;
  };
  expect(await requireUser(args("/campagnes/1", `${cookie}; relance_quiet=1`))).toEqual(user);
  expect(await minutesIdle()).toBe(20);
  await requireUser(args("/campagnes/1", cookie));
  expect(await minutesIdle()).toBe(0);
});
