// Status callbacks for known messages, against the same web server with one committed insert per request.
import { fork } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { type Figure, milliseconds, perSecond, quantile } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, type LabDatabase, openBench } from "#scripts/bench/lab.ts";
import { type LoadRequest, type LoadResult, load } from "#scripts/bench/load.ts";
import { makeContacts, makeDraft } from "#scripts/bench/story.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import type { Env } from "#server/env.ts";

const messages = 4_000;
const connections = 16;
const path = "/api/webhooks/twilio";

export async function benchWebhooks(lab: Lab): Promise<Figure[]> {
  const database = await lab.database();
  const bench = await openBench({ database, web: true });
  try {
    const sent = await makeSent(database.db, bench.env);
    const callbacks = (status: string) => sent.map((message) => callback(bench, message, status));
    const floor = await bareInserts(database, callbacks("sent"));
    await load(bench.webUrl, callbacks("sent").slice(0, 500), connections);
    const ours = await load(bench.webUrl, [...callbacks("delivered"), ...callbacks("read")], connections);
    const [row] = await queryRows<{ read: number }>(
      database.db,
      sql`select read_count as read from campaigns`,
    );
    if (row?.read !== messages) throw new Error(`${row?.read} of ${messages} messages are read`);
    const p99 = (result: LoadResult) => quantile(result.latencies, 0.99);
    const name = `status callbacks, ${connections} at once`;
    return [
      {
        name: `${name}: rate`,
        value: perSecond(ours.rate),
        floor: `${perSecond(floor.rate)} one insert each`,
        ratio: ours.rate / floor.rate,
        bar: { atLeast: 0.5 },
      },
      {
        name: `${name}: p99`,
        value: milliseconds(p99(ours)),
        floor: milliseconds(p99(floor)),
        ratio: p99(ours) / p99(floor),
      },
    ];
  } finally {
    await bench.close();
    await database.close();
  }
}

type Sent = { attempt: string; sid: string; to: string };

/** A campaign whose messages Twilio has all accepted. */
async function makeSent(db: Database, env: Env): Promise<Sent[]> {
  const campaignId = await makeDraft(db, [await makeContacts(db, messages)]);
  await launchCampaign(db, { campaignId, env });
  await db.execute(sql`
    insert into message_attempts (id, message_id, number, slot_at, claimed_at, sid, outcome)
    select gen_random_uuid(), id, 1, now(), now(), 'SM' || lpad(to_hex(id), 32, '0'), 'accepted' from messages`);
  await db.execute(sql`
    update messages m set status = 'sent', sent_at = now(), attempt = 1, next_attempt_at = null,
      current_attempt_id = a.id, whatsapp_message_id = a.sid
    from message_attempts a where a.message_id = m.id`);
  await db.execute(sql`analyze`);
  return queryRows<Sent>(
    db,
    sql`
    select a.id as attempt, a.sid, m.to_address as to
    from message_attempts a join messages m on m.id = a.message_id order by m.id`,
  );
}

function callback({ env }: Bench, { attempt, sid, to }: Sent, status: string): LoadRequest {
  const form = {
    AccountSid: env.twilioAccountSid,
    ApiVersion: "2010-04-01",
    ChannelInstallSid: `XE${"0".repeat(32)}`,
    ChannelPrefix: "whatsapp",
    ChannelToAddress: to,
    From: `whatsapp:${env.twilioSandboxNumber}`,
    MessageSid: sid,
    MessageStatus: status,
    SmsSid: sid,
    SmsStatus: status,
    To: to,
  };
  const query = `${path}?attempt=${attempt}`;
  const signed = env.webhookBaseUrl + query + Object.entries(form).flat().join("");
  return {
    path: query,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": createHmac("sha1", env.twilioAuthToken).update(signed).digest("base64"),
    },
    body: new URLSearchParams(form).toString(),
  };
}

async function bareInserts({ db, url }: LabDatabase, requests: readonly LoadRequest[]): Promise<LoadResult> {
  await db.execute(sql`create table bare_hits (id bigserial primary key, url text, body text)`);
  const entry = fileURLToPath(new URL("./bare-web.ts", import.meta.url));
  const child = fork(entry, {
    execArgv: ["--import=tsx"],
    env: { ...process.env, DATABASE_URL: url, NODE_ENV: "production" },
  });
  try {
    const [origin] = (await once(child, "message")) as [string];
    const bare = requests.map((request) => ({
      ...request,
      path: request.path.replace(path, "/api/webhooks/bare"),
    }));
    await load(origin, bare.slice(0, 500), connections);
    return await load(origin, bare, connections);
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}
