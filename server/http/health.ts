// /healthz: the process lives. /readyz: it can do its work.
import { type RequestHandler, Router } from "express";
import type { Database } from "#db/client.ts";
import { isSchemaCurrent } from "#db/schema-version.ts";
import { workerHeartbeatAge } from "#server/senders/queries.ts";

const patienceMs = 2000;

type Readiness =
  | { status: "ready"; workerHeartbeatSeconds: number | null }
  | { status: "unavailable"; reason: "database" | "schema" };

/**
 * 503 with the reason while the database does not answer within two seconds or lacks a migration. The age of the last
 * heartbeat of a worker is told but does not count: pages are served without one.
 */
export function healthRoutes(db: Database): RequestHandler {
  const router = Router();
  router.get("/healthz", (_req, res) => {
    res.set("Cache-Control", "no-store").json({ status: "alive" });
  });
  router.get("/readyz", async (_req, res) => {
    const readiness = await withPatience(readinessOf(db)).catch(
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
  if (!(await isSchemaCurrent(db))) return { status: "unavailable", reason: "schema" };
  const age = await workerHeartbeatAge(db);
  return { status: "ready", workerHeartbeatSeconds: age === null ? null : Math.round(age * 10) / 10 };
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), patienceMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
