import http from "node:http";
import { expect, test } from "vitest";
import { ana, simulate } from "./test-support.ts";

test("the page and its files come with a policy that lets nothing else run", async () => {
  const { url } = await simulate();
  for (const path of ["/phone", "/phone/main.js", "/phone/phone.css", "/phone/icon.svg"]) {
    const { status, headers } = await fetch(url + path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
  expect((await fetch(url, { redirect: "manual" })).headers.get("location")).toBe("/phone");
  const page = await (await fetch(`${url}/phone`)).text();
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style| on\w+=|javascript:/);
});

test.each([
  "/phone/../server.ts",
  "/phone/..%2fserver.ts",
  "/phone/%2e%2e/server.ts",
  "/phone/none.js",
  "/phone/main.js/x",
  "/phonebook",
])("%s is not a file of the page", async (path) => {
  const { url } = await simulate();
  expect(await statusOf(url, { path, host: new URL(url).host })).toBeGreaterThanOrEqual(400);
});

test("no script of the page ever reads markup", async () => {
  const { url } = await simulate();
  const names = ["main", "api", "dom", "contacts", "composer", "screen", "sliders", "faults", "journal"];
  for (const name of names) {
    const script = await (await fetch(`${url}/phone/${name}.js`)).text();
    expect(script).toContain("@ts-check");
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/);
  }
});

test("under a name that is not this machine's, neither the page nor the control API answers", async () => {
  const { url } = await simulate();
  for (const path of ["/phone", "/_sim/settings", "/_sim/overview", "/_sim/events"]) {
    expect([path, await statusOf(url, { path, host: "evil.example" })]).toEqual([path, 403]);
    const host = `localhost:${new URL(url).port}`;
    expect([path, await statusOf(url, { path, host })]).toEqual([path, 200]);
  }
});

test("a file a phone sent is never run by a browser", async () => {
  const { url, sim } = await simulate();
  await sim.join(ana);
  const data = Buffer.from("<script>alert(1)</script>").toString("base64");
  await sim.inbound({ phone: ana, media: [{ contentType: "text/html", data }] });
  const { phone } = await sim.overview(ana);
  const address = phone?.screen.at(-1)?.media[0]?.url ?? "";
  const { headers } = await fetch(`${url}/_media/${address.split("/").at(-1)}`);
  expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect((await fetch(`${url}/_media/ME0`)).status).toBe(404);
});

test("whoever listens is told when something changes", async () => {
  const { url, sim } = await simulate();
  const { body } = await fetch(`${url}/_sim/events`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await next()).toContain("event: change");
  await sim.join(ana);
  expect(await next()).toBe("event: change\ndata:\n\n");
  await reader.cancel();
});

/** With any Host; fetch and URL would tidy the path. */
function statusOf(url: string, { path, host }: { path: string; host: string }): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    http
      .get({ hostname, port, path, headers: { host } }, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      })
      .on("error", reject);
  });
}
