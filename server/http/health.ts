// /healthz: the process lives. /readyz: it can do the one thing that cannot be made up for, store what Twilio calls about.
import { sql } from "drizzle-orm";
import { type RequestHandler, Router } from "express";
import { type Database, queryRows } from "#db/client.ts";
import { isUndefinedInDatabase } from "#db/errors.ts";
import { webhookEvents } from "#db/schema/webhooks.ts";
import { isSchemaCurrent } from "#db/schema-version.ts";
import { withPatience } from "#server/patience.ts";
import { workerHeartbeatAge } from "#server/senders/queries.ts";

const patienceMs = 2000;

type Readiness =
  | { status: "ready"; schema: "current" | "behind"; workerHeartbeatSeconds: number | null }
  | { status: "unavailable"; reason: "database" | "schema" };

/**
 * 503 with the reason while the database does not answer within two seconds, takes no rows, or has no place for a webhook
 * as this version stores it. That a migration lacks which webhooks do not need, and the age of the last heartbeat of a
 * worker, are told and do not count: they are alarms (server/alarms), and a server taken out for them would lose calls.
 */
export function healthRoutes(db: Database): RequestHandler {
  const router = Router();
  router.get("/healthz", (_req, res) => {
    res.set("Cache-Control", "no-store").json({ status: "alive" });
  });
  router.get("/readyz", async (_req, res) => {
    const readiness = await withPatience(readinessOf(db), patienceMs).catch(
      (): Readiness => ({ status: "unavailable", reason: "database" }),
    );
    res
      .status(readiness.status === "ready" ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json(readiness);
  });
  return router;
}

async function readinessOf(db: Database): Promise<Readiness> {
  if (!(await takesWebhooks(db))) return { status: "unavailable", reason: "schema" };
  const [state] = await queryRows<{ read_only: boolean }>(
    db,
    sql`select current_setting('transaction_read_only') = 'on' as read_only`,
  );
  if (state?.read_only) return { status: "unavailable", reason: "database" };
  const schema = (await isSchemaCurrent(db)) ? "current" : "behind";
  const age = await workerHeartbeatAge(db);
  return { status: "ready", schema, workerHeartbeatSeconds: age === null ? null : Math.round(age * 10) / 10 };
}

/** Plans the insertion, every column of it, without doing it: rights and columns are checked. */
async function takesWebhooks(db: Database): Promise<boolean> {
  const insertion = db
    .insert(webhookEvents)
    .values({ kind: "test", verdict: "refused", url: "", rawBody: "", params: {} });
  try {
    await db.execute(sql`explain ${insertion.getSQL()}`);
    return true;
  } catch (error) {
    if (isUndefinedInDatabase(error)) return false;
    throw error;
  }
}
