// What the browser has to load before the first page works: its scripts as the web server sends them, compressed. And
// what the dashboard has loaded once it is idle: its charts come after its first paint.
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { sessionHeader } from "#app/lib/session.server.ts";
import type { Figure } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, openBench } from "#scripts/bench/lab.ts";
import { findChromium } from "#scripts/lib/chromium.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeUser } from "#server/testing/factories.ts";
import { createSession } from "#server/users/sessions.ts";

const mostKilobytes = 200;

export async function benchSize(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({ database, web: true });
  try {
    const userId = await makeUser(database.db);
    const secret = bench.env.sessionSecret;
    const token = await createSession(database.db, { userId, ip: "127.0.0.1", userAgent: "bench", secret });
    const cookie = (await sessionHeader(token, { secureCookies: false })).split(";")[0] as string;
    // no charts without figures
    await tellBigStory(database.url, { ownerId: userId, messages: 1_000, contacts: 100, campaigns: 10 });
    const first = await scriptsOf(bench, "/tableau-de-bord", cookie);
    return [
      figureOf("script of the sign-in page, compressed", await scriptsOf(bench, "/connexion", "")),
      figureOf("script of the dashboard to its first paint, compressed", first),
      idleFigureOf(await scriptsOfBrowser(bench, "/tableau-de-bord", cookie), first),
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}

type Sizes = ReadonlyMap<string, number>;

const kilobytesOf = (sizes: Sizes) => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
const told = (sizes: Sizes) => `${kilobytesOf(sizes).toFixed(1)} kB in ${sizes.size} files`;

function figureOf(name: string, sizes: Sizes): Figure {
  return {
    name,
    value: told(sizes),
    floor: `${mostKilobytes} kB allowed`,
    ratio: kilobytesOf(sizes) / mostKilobytes,
    bar: { atMost: 1 },
  };
}

/** Information: nobody waits for it. */
function idleFigureOf(all: Sizes, first: Sizes): Figure {
  return {
    name: "script of the dashboard once idle, charts and all, compressed",
    value: told(all),
    floor: `${kilobytesOf(first).toFixed(1)} kB to its first paint`,
    ratio: kilobytesOf(all) / kilobytesOf(first),
  };
}

/** Bytes on the wire of every script a browser has asked for when the page's charts stand and nothing is left to do. */
async function scriptsOfBrowser({ webUrl }: Bench, path: string, cookie: string): Promise<Sizes> {
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 4000 } });
    await context.setExtraHTTPHeaders({ cookie });
    const page = await context.newPage();
    await page.goto(webUrl + path);
    for (const chart of [".recharts-pie", ".recharts-line", ".recharts-bar"])
      await page.locator(chart).first().waitFor();
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const sizes = await page.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith(".js"))
        .map(({ name, encodedBodySize }): [string, number] => [name, encodedBodySize]),
    );
    return new Map(sizes);
  } finally {
    await browser.close();
  }
}

/** Bytes on the wire of every script the document names, and of whatever those import before they run. */
async function scriptsOf({ webUrl }: Bench, path: string, cookie: string): Promise<Sizes> {
  const response = await fetch(webUrl + path, { headers: { cookie }, redirect: "manual" });
  if (response.status !== 200) throw new Error(`${path}: answered with ${response.status}`);
  const waiting = named(await response.text(), /["'](\/assets\/[^"']+\.js)["']/g);
  const sizes = new Map<string, number>();
  for (let script = waiting.pop(); script; script = waiting.pop()) {
    if (sizes.has(script)) continue;
    const { bytes, text } = await download(webUrl + script);
    sizes.set(script, bytes);
    const imported = named(text, /(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g);
    waiting.push(...imported.map((file) => `/assets/${file}`));
  }
  return sizes;
}

function named(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/** A file, and what it weighs on the wire. */
async function download(url: string): Promise<{ bytes: number; text: string }> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get(url, { headers: { "accept-encoding": "br, gzip" } }, resolve).once("error", reject);
  });
  const sent = await buffer(response);
  if (response.statusCode !== 200) throw new Error(`${url}: answered with ${response.statusCode}`);
  const encoding = response.headers["content-encoding"];
  const text = encoding === "br" ? brotliDecompressSync(sent) : encoding === "gzip" ? gunzipSync(sent) : sent;
  return { bytes: sent.length, text: text.toString() };
}
