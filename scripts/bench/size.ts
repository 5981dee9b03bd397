// What the browser has to load before the first page works: its scripts as the web server sends them, compressed.
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { sessionHeader } from "#app/lib/session.server.ts";
import type { Figure } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, openBench } from "#scripts/bench/lab.ts";
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
    return [
      figureOf("script of the sign-in page, compressed", await scriptsOf(bench, "/connexion", "")),
      figureOf("script of the dashboard, compressed", await scriptsOf(bench, "/tableau-de-bord", cookie)),
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}

function figureOf(name: string, sizes: ReadonlyMap<string, number>): Figure {
  const kilobytes = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
  return {
    name,
    value: `${kilobytes.toFixed(1)} kB in ${sizes.size} files`,
    floor: `${mostKilobytes} kB allowed`,
    ratio: kilobytes / mostKilobytes,
    bar: { atMost: 1 },
  };
}

/** Bytes on the wire of every script the document names, and of whatever those import before they run. */
async function scriptsOf({ webUrl }: Bench, path: string, cookie: string): Promise<Map<string, number>> {
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
