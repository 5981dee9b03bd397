// The matrix of the routes: every loader and every action, asked by everybody there is. Each route is served alone, as a
// browser may ask for it, so that none is protected by its layout only.
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { accountIntents } from "#app/lib/account-intents.server.ts";
import { sessionHeader } from "#app/lib/session.server.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { makeOwnedRows } from "#server/testing/owned-rows.ts";
import { addressOf, type RouteRule, readRoutes, routeRules, servedRoutes } from "#server/testing/routes.ts";
import { startTestWeb } from "#server/testing/web.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, sql, url } = await testDatabase();
const secret = makeEnv().sessionSecret;
const routes = await readRoutes();
const nowhere = "http://127.0.0.1:9";
const web = await startTestWeb(url, {
  routes: servedRoutes(routes),
  env: { TWILIO_API_BASE_URL: nowhere, TWILIO_TIMEOUT_MS: "1000" },
});
afterAll(web.close);

const owner = await makeSignedIn(db);
const rows = await makeOwnedRows(db, sql, owner);
const gone = await makeSignedIn(db, "super_admin");
const expired = await makeSignedIn(db, "super_admin");

async function cookieOf(user: SignedInUser): Promise<string> {
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  return (await sessionHeader(token, { secureCookies: false })).split(";", 1)[0] ?? "";
}

const outside = ["nobody", "deactivated user", "expired session"];
const cookies: Record<string, string> = {
  nobody: "",
  owner: await cookieOf(owner),
  "other admin": await cookieOf(await makeSignedIn(db)),
  "super admin": await cookieOf(await makeSignedIn(db, "super_admin")),
  "deactivated user": await cookieOf(gone),
  "expired session": await cookieOf(expired),
};
await sql`update users set is_active = false where id = ${gone.id}`;
await sql`update sessions set last_seen_at = now() - interval '31 minutes' where user_id = ${expired.id}`;

async function ask(path: string, who: string, init: RequestInit = {}) {
  const headers = { cookie: cookies[who] ?? "", "sec-fetch-site": "same-origin" };
  const response = await fetch(web.url + path, { headers, redirect: "manual", ...init });
  await response.body?.cancel();
  const to = response.headers.get("location") ?? "";
  return to.startsWith("/connexion") ? "sign in" : response.status;
}

/** What it answers to whom; 200 also stands for a redirect elsewhere, and for what these rows do not hold. */
function expected({ access, owned }: RouteRule, who: string) {
  if (access === "everybody") return 200;
  if (outside.includes(who)) return "sign in";
  if (access === "super" && who !== "super admin") return 403;
  return owned && who === "other admin" ? 404 : 200;
}

/** The media these rows do not hold is not there for anybody. */
const beyond: Record<string, number> = {
  "conversations.$contactId.medias.$messageId.$index.ts": 404,
  "conversations.inconnus.$strangerId.medias.$messageId.$index.ts": 404,
};

test("the matrix holds every route, and no other", () => {
  // of the other webhook: server/http/previous-webhook.db.test.ts
  const files = routes.map(({ file }) => file).filter((file) => !/^api\.webhooks\.(?!twilio)/.test(file));
  expect(Object.keys(routeRules).sort()).toEqual(files);
});

const withLoader = routes.filter(({ module }) => module.loader);
const apart = (file: string) => file.startsWith("api.");

test.each(withLoader.filter(({ file }) => !apart(file)))(
  "$file shows itself to whom it should",
  async (route) => {
    const rule = routeRules[route.file] ?? { access: "user" };
    const path = addressOf(route, rule.params?.(rows) ?? {}) + (rule.query ?? "");
    for (const who of Object.keys(cookies)) {
      const told = await ask(path, who);
      const wanted = expected(rule, who);
      expect([who, Number(told) >= 500 && told !== beyond[route.file]]).toEqual([who, false]);
      const isIn = typeof told === "number" && (told < 400 || told === beyond[route.file]);
      // who is sent from one page of everybody's to the next
      const seen = (isIn || rule.access === "everybody") && wanted === 200 ? 200 : told;
      expect([who, seen]).toEqual([who, wanted]);
    }
  },
);

/** What the forms of a route may ask for, as its file names it. */
function intentsOf(file: string): string[] {
  if (file === "_app.compte.tsx") return Object.keys(accountIntents);
  const source = readFileSync(new URL(`../../app/routes/${file}`, import.meta.url), "utf8");
  return [...source.matchAll(/^ {4}(\w+): async \(/gm)].map(([, intent]) => String(intent));
}

const withAction = routes.filter(
  ({ file, module }) => module.action && !apart(file) && routeRules[file]?.access !== "everybody",
);

test.each([...withAction, ...routes.filter(({ file }) => file === "expediteur.ts")])(
  "$file does nothing for whom it should not",
  async (route) => {
    const rule = routeRules[route.file] ?? { access: "user" };
    const path = addressOf(route, rule.params?.(rows) ?? {});
    const intents = intentsOf(route.file);
    const isUpload = route.file === "_app.contacts.importer._index.tsx";
    const doesOneThing = isUpload || route.file === "contacts.$contactId.donnees[.json].ts";
    expect(intents.length > 0 || doesOneThing).toBe(true);
    const [audit] = await sql`select count(*)::int as lines from audit_log`;
    for (const intent of doesOneThing ? [""] : intents) {
      const form = () => (isUpload ? new FormData() : new URLSearchParams({ intent, id: String(rows.user) }));
      for (const who of outside) {
        expect([intent, who, await ask(path, who, { method: "POST", body: form() })]).toEqual([
          intent,
          who,
          "sign in",
        ]);
      }
      if (rule.access === "super" || rule.owned) {
        const refused = await ask(path, "other admin", { method: "POST", body: form() });
        expect([intent, refused]).toEqual([
          intent,
          expect.toSatisfy((status) => status === 404 || status === 403 || status === 422),
        ]);
      }
    }
    expect(await sql`select count(*)::int as lines from audit_log`).toEqual([audit]);
  },
);

test("what is no form is a bad request to every form", async () => {
  const forms = routes.filter(
    ({ file, module }) => module.action && !apart(file) && file !== "deconnexion.ts",
  );
  for (const route of forms) {
    const path = addressOf(route, routeRules[route.file]?.params?.(rows) ?? {});
    const body = new Blob(["{"], { type: "text/plain" });
    const told = await ask(path, "super admin", { method: "POST", body });
    expect([route.file, told]).toEqual([
      route.file,
      route.file === "contacts.$contactId.donnees[.json].ts" ? 200 : 400,
    ]);
  }
});

test("what a procedure hides, its route hides too: not found and not mine answer alike", async () => {
  for (const route of withLoader.filter(({ file }) => routeRules[file]?.owned)) {
    const none = Object.fromEntries(
      [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => [name, name === "index" ? 0 : 999_999]),
    );
    expect([route.file, await ask(addressOf(route, none), "other admin")]).toEqual([route.file, 404]);
    const nonsense = Object.fromEntries(Object.keys(none).map((name) => [name, "1' or 1=1"]));
    const told = await ask(addressOf(route, nonsense), "owner");
    expect([route.file, told]).toEqual([
      route.file,
      expect.toSatisfy((status) => [400, 404].includes(status)),
    ]);
  }
});
