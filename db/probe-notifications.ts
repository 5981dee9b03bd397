// Whether a connection carries notifications, which a transaction pooler does not.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { listen } from "#db/listen.ts";

export type NotificationProbe = {
  /** where the worker and the live pages listen */
  listenUrl: string;
  /** where the pages and the webhook write */
  notifyUrl: string;
  /** for each notification to arrive */
  patienceMs: number;
};

/**
 * `arrives`: what is notified at `notifyUrl` is heard at `listenUrl`; `other_database`: only what is notified at
 * `listenUrl` itself is; `silent`: nothing is. Throws when one of the two cannot be connected to.
 */
export async function probeNotifications({
  listenUrl,
  notifyUrl,
  patienceMs,
}: NotificationProbe): Promise<"arrives" | "other_database" | "silent"> {
  const channel = `relance_probe_${randomBytes(8).toString("hex")}`;
  let hear = () => {};
  const listener = await listen(
    listenUrl,
    channel,
    () => hear(),
    () => {},
  );
  const arrivesFrom = async (url: string) => {
    const heard = new Promise<boolean>((resolve) => {
      hear = () => resolve(true);
    });
    const { db, close } = connect(url, { max: 1, applicationName: "relance-probe" });
    try {
      await db.execute(sql`select pg_notify(${channel}, 'probe')`);
      return await Promise.race([heard, sleep(patienceMs, false)]);
    } finally {
      await close();
    }
  };
  try {
    if (await arrivesFrom(notifyUrl)) return "arrives";
    if (listenUrl === notifyUrl) return "silent";
    return (await arrivesFrom(listenUrl)) ? "other_database" : "silent";
  } finally {
    await listener.close();
  }
}
