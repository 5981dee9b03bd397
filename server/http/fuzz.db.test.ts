// Ten thousand requests over all routes and procedures, of people with and without a session: none ends as a 5xx.
import { randomInt } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { sessionHeader } from "#app/lib/session.server.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startSimulator } from "#e2e/twilio-simulator/server.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv, testAccountSid, testVariables } from "#server/testing/factories.ts";
import { makeOwnedRows } from "#server/testing/owned-rows.ts";
import { procedureRules } from "#server/testing/procedures.ts";
import { addressOf, readRoutes, routeRules, servedRoutes } from "#server/testing/routes.ts";
import { startTestWeb } from "#server/testing/web.ts";
import { appRouter } from "#server/trpc/root.ts";
import { createSession } from "#server/users/sessions.ts";

const requests = 10_000;
const atOnce = 10;

const { db, sql, url } = await testDatabase();
const simulator = await startSimulator({
  accountSid: testAccountSid,
  authToken: testVariables.TWILIO_AUTH_TOKEN,
  minIntervalMs: 0,
});
const routes = await readRoutes();
const web = await startTestWeb(url, {
  routes: servedRoutes(routes),
  // each request comes from an address of its own, or the API would refuse nearly all
  env: { TRUSTED_PROXIES: "loopback", TWILIO_API_BASE_URL: simulator.url, TWILIO_TIMEOUT_MS: "5000" },
});
afterAll(async () => {
  await web.close();
  await simulator.close();
});

const owner = await makeSignedIn(db);
const rows = await makeOwnedRows(db, sql, owner);
/** Few of them the owner, whom the rate of the API would stop; most see everything. */
const people = await Promise.all(
  Array.from({ length: 60 }, (_, n) => (n < 4 ? owner : makeSignedIn(db, n % 5 ? "super_admin" : "admin"))),
);
const cookies: string[] = [];

/** What was asked before may have ended sessions and closed accounts. */
async function signEverybodyIn(): Promise<void> {
  await sql`update users set is_active = true`;
  for (const [n, user] of people.entries()) {
    const from = { ip: "192.0.2.1", userAgent: null, secret: makeEnv().sessionSecret };
    const token = await createSession(db, { userId: user.id, ...from });
    cookies[n] = (await sessionHeader(token, { secureCookies: false })).split(";", 1)[0] ?? "";
  }
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    null,
    true,
    [],
    {},
    [[]],
    "",
    " ",
    "\0",
  ),
  fc.constantFrom(
    "\ud800",
    "é".repeat(1500),
    "<script>alert(1)</script>",
    "' or 1=1 --",
    "%00",
    "../../etc/passwd",
  ),
  fc.constantFrom("=cmd|' /C calc'!A0", "2026-02-30", "9".repeat(400), "{{1}}", "\u202egnp.exe", "__proto__"),
  fc.constantFrom(...Object.values(rows)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The input with one of its values, or all of it, replaced. */
function spoilt(input: unknown, path: number, value: unknown): unknown {
  if (typeof input !== "object" || input === null || path % 5 === 0) return value;
  const keys = Object.keys(input);
  const key = keys[path % (keys.length + 1)] ?? "autre";
  const inner = Reflect.get(input, key);
  return { ...input, [key]: path % 2 ? value : spoilt(inner, Math.floor(path / 2), value) };
}

/** As a client could write it: halves of characters become one that is none. */
const text = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toString();
const encoded = (value: unknown) => encodeURIComponent(text(value));

type Shot = {
  path: string;
  init: { method?: string; body?: string | URLSearchParams | null; headers?: Record<string, string> };
};

const procedureShot = fc
  .record({
    path: fc.constantFrom(...Object.keys(procedureRules).filter((path) => path !== "live.changes")),
    at: fc.nat(1000),
    value: nasty,
    untouched: fc.boolean(),
    raw: fc.oneof(
      { weight: 19, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
    ),
  })
  .map(({ path, at, value, untouched, raw }): Shot => {
    const valid = procedureRules[path]?.input?.(rows);
    const input = raw ?? JSON.stringify(untouched ? valid : spoilt(valid, at, value)) ?? "";
    const isQuery = Reflect.get(appRouter._def.procedures, path)._def.type === "query";
    if (isQuery) return { path: `/api/trpc/${path}?input=${encoded(input)}`, init: {} };
    const headers = { "content-type": "application/json", "x-relance-client": "fuzz" };
    return { path: `/api/trpc/${path}`, init: { method: "POST", body: input, headers } };
  });

const queryNames = [
  "suite",
  "jeton",
  "page",
  "apres",
  "avant",
  "recherche",
  "statut",
  "tri",
  "categorie",
  "jours",
  "q",
];
const routeShot = fc
  .record({
    route: fc.constantFrom(...routes.filter(({ module }) => module.loader || module.action)),
    param: fc.option(nasty, { freq: 2 }),
    query: fc.array(fc.tuple(fc.constantFrom(...queryNames, "index", "_data"), nasty), { maxLength: 3 }),
    form: fc.array(
      fc.tuple(
        fc.constantFrom("intent", "id", "name", "email", "password", "text", "reason", "number"),
        nasty,
      ),
      { maxLength: 5 },
    ),
    intent: fc.constantFrom(
      "save",
      "create",
      "delete",
      "launch",
      "reply",
      "update",
      "password",
      "end",
      "createToken",
    ),
    method: fc.constantFrom("GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
    data: fc.boolean(),
  })
  .map(({ route, param, query, form, intent, method, data }): Shot => {
    const known: Record<string, number> = routeRules[route.file]?.params?.(rows) ?? {};
    const params = new Proxy(known, {
      get: (all, name: string) => (param === null ? (all[name] ?? 1) : text(param)),
    });
    const search = query.map(([name, value]) => `${name}=${encoded(value)}`).join("&");
    const path = `${addressOf(route, params)}${data ? ".data" : ""}?${search}`;
    const body = ["GET", "HEAD"].includes(method)
      ? null
      : new URLSearchParams([
          ["intent", intent],
          ...form.map(([name, value]) => [name, text(value)] as [string, string]),
        ]);
    return { path, init: { method, body } };
  });

const shot = fc.record({
  shot: fc.oneof(procedureShot, routeShot),
  who: fc.integer({ min: -20, max: people.length - 1 }),
});

test(`${requests} requests over all routes and procedures, and not one 5xx`, {
  timeout: 900_000,
}, async () => {
  const seed = randomInt(2 ** 31);
  const queue = fc.sample(shot, { numRuns: requests, seed }).entries();
  const seen: Record<number, number> = {};
  const broken: unknown[] = [];
  const work = async () => {
    for (const [
      n,
      {
        shot: { path, init },
        who,
      },
    ] of queue) {
      if (n % 500 === 0) await signEverybodyIn();
      const headers = {
        ...init.headers,
        cookie: cookies[who] ?? "relance_session=none",
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
      };
      const response = await fetch(web.url + path, { redirect: "manual", ...init, headers });
      const told = await response.text();
      seen[response.status] = (seen[response.status] ?? 0) + 1;
      if (response.status >= 500)
        broken.push({
          path,
          body: String(init.body ?? ""),
          status: response.status,
          told: told.slice(0, 300),
        });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect({ seed, broken }).toEqual({ seed, broken: [] });
  expect(web.log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  // most of it gets past the door
  expect((seen[200] ?? 0) + (seen[404] ?? 0) + (seen[400] ?? 0) + (seen[422] ?? 0)).toBeGreaterThan(
    requests / 2,
  );
});
