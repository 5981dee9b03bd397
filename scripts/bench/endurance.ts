// Two hundred connections for a minute on pages and webhooks at once: no error, and memory that stays flat.
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { sessionHeader } from "#app/lib/session.server.ts";
import { type Figure, median, milliseconds, quantile } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, openBench, residentMegabytes } from "#scripts/bench/lab.ts";
import type { Child } from "#scripts/lib/children.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeUser } from "#server/testing/factories.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";
import { createSession } from "#server/users/sessions.ts";

const connections = 200;
const seconds = 60;
const heapLimit = 256;
const pages = ["/tableau-de-bord", "/campagnes", "/contacts", "/messages", "/conversations", "/categories"];

type Done = { errors: string[]; latencies: number[] };

export async function benchEndurance(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const userId = await makeUser(database.db);
  await tellBigStory(database.url, { ownerId: userId, messages: 5_000, contacts: 500, campaigns: 10 });
  const bench = await openBench({ database, web: true, heapLimit });
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  try {
    const secret = bench.env.sessionSecret;
    const token = await createSession(database.db, { userId, ip: "127.0.0.1", userAgent: "bench", secret });
    const cookie = (await sessionHeader(token, { secureCookies: false })).split(";")[0] as string;
    const web = bench.web as Child;
    const samples: number[] = [];
    const until = performance.now() + seconds * 1000;
    const watching = (async () => {
      while (performance.now() < until) {
        samples.push(residentMegabytes(web));
        await sleep(500);
      }
    })();
    const done = await Promise.all(
      Array.from({ length: connections }, (_, nr) => keepAsking(bench, { agent, cookie, nr, until })),
    );
    await watching;
    const errors = done.flatMap((one) => one.errors);
    if (errors.length > 0) throw new Error(`${errors.length} errors, the first: ${errors[0]}`);
    return figuresOf(done, samples);
  } finally {
    agent.destroy();
    await bench.close();
    await database.close();
  }
}

function figuresOf(done: readonly Done[], samples: readonly number[]): Figure[] {
  const latencies = done.flatMap((one) => one.latencies);
  const fifth = Math.floor(samples.length / 5);
  const early = median(samples.slice(fifth, 2 * fifth));
  const late = median(samples.slice(-fifth));
  const name = `${connections} connections for ${seconds} s, pages and webhooks`;
  return [
    {
      name: `${name}: p95 of ${latencies.length} answers, none an error`,
      value: milliseconds(quantile(latencies, 0.95)),
      floor: milliseconds(median(latencies)),
      ratio: quantile(latencies, 0.95) / median(latencies),
    },
    {
      name: `${name}: memory, heap limit ${heapLimit} MB`,
      value: `${late.toFixed(0)} MB at the end`,
      floor: `${early.toFixed(0)} MB in the second fifth`,
      ratio: late / early,
      bar: { atMost: 1.1 },
    },
  ];
}

type Asking = { agent: http.Agent; cookie: string; nr: number; until: number };

/** Every second connection is Twilio's. */
async function keepAsking(bench: Bench, { agent, cookie, nr, until }: Asking): Promise<Done> {
  const done: Done = { errors: [], latencies: [] };
  for (let turn = 0; performance.now() < until; turn += 1) {
    const start = performance.now();
    const status = await (nr % 2 === 0
      ? get(bench.webUrl + (pages[(nr + turn) % pages.length] ?? ""), cookie, agent)
      : call(bench, `${nr}${String(turn).padStart(8, "0")}`, agent)
    ).catch((error: Error) => error.message);
    done.latencies.push(performance.now() - start);
    if (status !== 200) done.errors.push(String(status));
  }
  return done;
}

const get = (url: string, cookie: string, agent: http.Agent) =>
  ask(http.request(url, { agent, headers: { cookie } }));

function call({ env, webUrl }: Bench, unique: string, agent: http.Agent): Promise<number> {
  const url = `${webUrl}/api/webhooks/twilio`;
  const fields = {
    AccountSid: env.twilioAccountSid,
    MessageSid: `SM${unique.padStart(32, "0")}`,
    From: `whatsapp:+3363998${String(Number(unique) % 10_000).padStart(4, "0")}`,
    To: `whatsapp:${env.twilioSandboxNumber}`,
    Body: "Oui",
    NumMedia: "0",
  };
  const { headers, body } = signWebhook(env.twilioAuthToken, url, fields);
  return ask(http.request(url, { method: "POST", agent, headers }), body);
}

function ask(request: http.ClientRequest, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request.once("response", (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    request.once("error", reject);
    request.end(body);
  });
}
