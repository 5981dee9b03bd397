import { request } from "node:http";
import twilio from "twilio";
import { expect, onTestFinished, test } from "vitest";
import { emptyDatabase, testDatabase } from "#db/testing/test-database.ts";
import { testAccountSid, testVariables } from "#server/testing/factories.ts";
import { startProxy } from "#server/testing/proxy.ts";
import { startTestWeb } from "#server/testing/web.ts";

const { url: databaseUrl, sql } = await testDatabase();

async function web(options: Parameters<typeof startTestWeb>[1] & { databaseUrl?: string } = {}) {
  const started = await startTestWeb(options.databaseUrl ?? databaseUrl, options);
  onTestFinished(started.close);
  return { ...started, get: (path: string, init?: RequestInit) => fetch(started.url + path, init) };
}

test("a server that lives says so, and tells no one what it is made of", async () => {
  const { get } = await web();
  const response = await get("/healthz");
  expect(response.status).toBe(200);
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
});

test("/readyz tells the age of the last heartbeat of a worker", async () => {
  const { get } = await web();
  const before = await get("/readyz");
  expect([before.status, await before.json()]).toEqual([
    200,
    { status: "ready", schema: "current", workerHeartbeatSeconds: null },
  ]);
  await sql`insert into workers (id, hostname, pid, heartbeat_at)
    values (gen_random_uuid(), 'test', 1, now() - interval '90 seconds')`;
  const { workerHeartbeatSeconds } = await (await get("/readyz")).json();
  expect(workerHeartbeatSeconds).toBeGreaterThanOrEqual(90);
  expect(workerHeartbeatSeconds).toBeLessThan(120);
});

test("/readyz is 503 on a database without our schema", async () => {
  const { url } = await emptyDatabase();
  const { get } = await web({ databaseUrl: url });
  const response = await get("/readyz");
  expect([response.status, await response.json()]).toEqual([
    503,
    { status: "unavailable", reason: "schema" },
  ]);
});

test("/readyz stays ready while webhooks can be stored, and no longer", async () => {
  const { get } = await web();
  await sql`update drizzle.__drizzle_migrations set created_at = created_at - 86400000`;
  onTestFinished(async () => {
    await sql`update drizzle.__drizzle_migrations set created_at = created_at + 86400000`;
    await sql`alter table webhook_events rename column moved to raw_body`;
  });
  const behind = await get("/readyz");
  expect([behind.status, await behind.json()]).toEqual([200, expect.objectContaining({ schema: "behind" })]);
  await sql`alter table webhook_events rename column raw_body to moved`;
  const without = await get("/readyz");
  expect([without.status, await without.json()]).toEqual([503, { status: "unavailable", reason: "schema" }]);
});

test("/readyz is 503 within two seconds while the database is away or silent, and 200 when it is back", async () => {
  const proxy = await startProxy(databaseUrl);
  const { get } = await web({ databaseUrl: proxy.url });
  onTestFinished(proxy.close);
  const unavailable = { status: "unavailable", reason: "database" };
  proxy.cut();
  const cut = await get("/readyz");
  expect([cut.status, await cut.json()]).toEqual([503, unavailable]);
  proxy.restore();
  expect((await get("/readyz")).status).toBe(200);
  proxy.freeze();
  const since = performance.now();
  const frozen = await get("/readyz");
  expect([frozen.status, await frozen.json()]).toEqual([503, unavailable]);
  expect(performance.now() - since).toBeLessThan(4000);
  proxy.cut();
  proxy.restore();
});

test("a page may run our scripts alone: inline ones need the nonce of their own response", async () => {
  const nonces: string[] = [];
  const { get } = await web({
    loaders: {
      page: ({ context }) => {
        nonces.push(context.cspNonce);
        return new Response("ok");
      },
    },
  });
  for (const n of [0, 1]) {
    const policy = (await get("/page")).headers.get("content-security-policy");
    expect(policy).toContain(`script-src 'self' 'nonce-${nonces[n]}'`);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|upgrade-insecure/);
  }
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("no answer may be framed, guessed at, or told to another site", async () => {
  const { get } = await web();
  for (const path of ["/healthz", "/nowhere", "/api/trpc/auth.me", "/assets/known.js"]) {
    const { headers } = await get(path);
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("strict-transport-security")).toBeNull();
  }
});

test("where browsers come by https they are told to stay there", async () => {
  const { get } = await web({
    env: { NODE_ENV: "production", TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org" },
  });
  const { headers } = await get("/healthz");
  expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d+/);
  expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
});

test("assets never change under their name, and one that is gone is no page", async () => {
  const { get } = await web();
  const known = await get("/assets/known.js");
  expect(known.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  const gone = await get("/assets/gone.js");
  expect([gone.status, await gone.text()]).toEqual([404, "Not Found"]);
});

test("the raw address reaches the loader as it came", async () => {
  const { get } = await web({ loaders: { page: ({ context }) => new Response(context.rawUrl) } });
  const path = "/page?flag&b=%20x%2fy&c=a:b@c";
  expect(await (await get(path)).text()).toBe(path);
});

test("neither log nor answer tells the query, and an error not its text", async () => {
  const { get, log } = await web({
    loaders: {
      broken: () => {
        throw new Error("secret of the house");
      },
    },
  });
  const response = await get("/broken?token=hunter2");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret of the house|at .*\.ts/);
  expect(log.lines.join("")).toContain('"path":"/broken"');
  expect(log.lines.join("")).not.toContain("hunter2");
});

test("what another site's page posts is refused, what ours and a script post is not", async () => {
  const { get, url } = await web({
    env: { TWILIO_WEBHOOK_BASE_URL: "https://relance.example.org" },
    loaders: { page: () => new Response("page") },
    routes: { form: { action: () => new Response("done") } },
  });
  const post = async (headers: Record<string, string>) =>
    (await get("/form", { method: "POST", headers })).status;
  expect(await post({ origin: "https://evil.example" })).toBe(403);
  expect(await post({ origin: "null" })).toBe(403);
  expect(await post({ origin: url, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post({ "sec-fetch-site": "same-site" })).toBe(403);
  expect(await post({ origin: "https://evil.example", "x-forwarded-host": "evil.example" })).toBe(403);
  expect(await post({ cookie: "relance_session=x" })).toBe(403);
  expect(await post({ origin: url, cookie: "relance_session=x" })).toBe(200);
  expect(await post({ "sec-fetch-site": "same-origin", cookie: "relance_session=x" })).toBe(200);
  expect(await post({ origin: "https://relance.example.org" })).toBe(200);
  expect(await post({})).toBe(200);
  expect((await get("/page", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(200);
});

test("a procedure that changes something asks for a header no form can send", async () => {
  const { get, url } = await web();
  const signOut = async (headers: Record<string, string>) => {
    const init = { method: "POST", headers: { ...headers, "content-type": "application/json" } };
    const response = await get("/api/trpc/auth.signOut", init);
    return [response.status, (await response.json()).error?.message];
  };
  expect(await signOut({ origin: url })).toEqual([403, "api.header_missing"]);
  expect(await signOut({ origin: url, "x-relance-client": "script" })).toEqual([200, undefined]);
});

test("what a proxy says of a request is believed of those that are named, and of nobody else", async () => {
  const asked = { "x-forwarded-for": "192.0.2.77", "x-forwarded-host": "relance.example.net" };
  const loaders = { page: ({ context }: { context: { ip: string } }) => new Response(context.ip) };
  const routes = { form: { action: () => new Response("done") } };
  const named = await web({ loaders, routes, env: { TRUSTED_PROXIES: "loopback" } });
  const plain = await web({ loaders, routes });
  expect(await (await named.get("/page", { headers: asked })).text()).toBe("192.0.2.77");
  expect(await (await plain.get("/page", { headers: asked })).text()).toMatch(/127\.0\.0\.1$/);
  const posted = { method: "POST", headers: { ...asked, origin: "https://relance.example.net" } };
  expect((await named.get("/form", posted)).status).toBe(200);
  expect((await plain.get("/form", posted)).status).toBe(403);
});

test("an address that asks the procedures 101 times in a minute is told when to come back", async () => {
  const { get } = await web();
  const ask = (path = "auth.me") => get(`/api/trpc/${path}`);
  for (let n = 0; n < 100; n++) expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect((await refused.json()).error.data.problem).toMatchObject({ code: "api.too_many_requests" });
  expect((await ask("auth.me,auth.me?batch=1")).status).not.toBe(200);
  expect((await get("/healthz")).status).toBe(200);
});

test("a body too big, or of untold length, is refused before anything reads it", async () => {
  const { get, url } = await web();
  const big = await get("/api/trpc/auth.signOut", { method: "POST", body: "x".repeat(2 * 1024 * 1024 + 1) });
  expect(big.status).toBe(413);
  expect(await chunked(`${url}/api/trpc/auth.signOut`, 10)).toBe(411);
  // as it stands in the request: a client of ours would write it shorter
  for (const path of ["/api/webhooks/../trpc/auth.signOut", "/api/webhooks/%2e%2E/trpc/auth.signOut"]) {
    const declared = { method: "POST", path, headers: { "content-length": 3 * 1024 * 1024 } };
    expect([path, await statusOf(url, declared)]).toEqual([path, 413]);
  }
});

test("a host that holds a path does not lead around what is refused", async () => {
  const form = { action: async ({ request }: { request: Request }) => new Response(await request.text()) };
  const { url } = await web({ routes: { form } });
  const ask = (host: string, path: string, headers: Record<string, string> = {}) =>
    statusOf(url, { method: "POST", path, headers: { host, ...headers } });
  for (const host of ["127.0.0.1/form?x=", "127.0.0.1/form#", "a@127.0.0.1", "127.0.0.1\\form?"]) {
    const told = await ask(host, "/api/webhooks/z", { "sec-fetch-site": "cross-site" });
    expect([host, told]).toEqual([host, 400]);
  }
  for (const host of ["127.0.0.1:3000", "[::1]:3000", "relance_web", "Relance.example.org"]) {
    expect([host, await ask(host, "/form")]).toEqual([host, 200]);
  }
});

test("[EX-8.5] Twilio's webhook takes POST alone", async () => {
  const { get } = await web();
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    const response = await get("/api/webhooks/twilio", { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  }
});

test("[EX-4.1] an unsigned webhook is 403 and kept with its diagnosis, an oversized one 413 and kept without its body", async () => {
  const { get, url } = await web();
  await sql`truncate webhook_events`;
  const post = (body: string) =>
    get("/api/webhooks/twilio?x=%20y", {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  expect((await post("MessageSid=SM1&From=whatsapp%3A%2B33612345678")).status).toBe(403);
  const [kept] = await sql`
    select url, verdict, diagnosis is not null as diagnosed from webhook_events order by id desc limit 1`;
  expect(kept).toEqual({ url: "/api/webhooks/twilio?x=%20y", verdict: "refused", diagnosed: true });
  expect((await post("a".repeat(64 * 1024 + 1))).status).toBe(413);
  expect(await chunked(`${url}/api/webhooks/twilio`, 64 * 1024 + 1)).toBe(413);
  expect(await sql`select diagnosis, raw_body from webhook_events order by id offset 1`).toEqual(
    Array(2).fill({ diagnosis: "too_large", raw_body: "" }),
  );
});

test("a signed webhook is stored and answered with empty TwiML, or 503 while there is no database", async () => {
  const proxy = await startProxy(databaseUrl);
  const origin = "https://relance.example.org";
  const { get } = await web({ databaseUrl: proxy.url, env: { TWILIO_WEBHOOK_BASE_URL: origin } });
  onTestFinished(proxy.close);
  const path = "/api/webhooks/twilio?attempt=x&b=%20y%2fz";
  const params = {
    AccountSid: testAccountSid,
    MessageSid: `SM${"1".repeat(32)}`,
    From: "whatsapp:+33639980001",
    To: "whatsapp:+14155238886",
    Body: "Bonjour",
  };
  const signature = twilio.getExpectedTwilioSignature(testVariables.TWILIO_AUTH_TOKEN, origin + path, params);
  const post = () =>
    get(path, {
      method: "POST",
      body: new URLSearchParams(params),
      headers: { "x-twilio-signature": signature },
    });
  const stored = await post();
  expect([stored.status, stored.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
  expect(await stored.text()).toMatch(/<Response\/>$/);
  proxy.cut();
  expect((await post()).status).toBe(503);
  proxy.restore();
  expect((await post()).status).toBe(200);
});

test("what is no address is a bad request, what is no method is refused", async () => {
  const { url } = await web();
  expect(await statusOf(url, { headers: { host: "[" } })).toBe(400);
  for (const path of ["/%", "/campagnes/%E0%A4%A", "/api/webhooks/%ff"]) {
    expect([path, (await fetch(url + path, { method: "POST" })).status]).toEqual([path, 400]);
  }
  expect(await statusOf(url, { method: "TRACE" })).toBe(405);
});

function statusOf(url: string, options: object, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** A body without Content-Length. */
function chunked(url: string, size: number): Promise<number> {
  return statusOf(url, { method: "POST", headers: { "transfer-encoding": "chunked" } }, "a".repeat(size));
}
