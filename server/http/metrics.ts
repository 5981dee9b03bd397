import { type RequestHandler, Router } from "express";
import type { Database } from "#db/client.ts";
import { installationMetrics } from "#server/metrics/installation.ts";
import { mayScrape } from "#server/metrics/may-scrape.ts";
import { registry } from "#server/metrics/registry.ts";

const patienceMs = 2000;

type MetricsOptions = { token: string | null; db: Database };

/** `/metrics`: this process and, of the database, the installation. Who may not read it learns not even that it is there. */
export function metricsRoute({ token, db }: MetricsOptions): RequestHandler {
  const router = Router();
  router.get("/metrics", async (req, res, next) => {
    if (!mayScrape(req, token)) return void res.status(404).type("text/plain").end("Not Found");
    try {
      const text = `${await registry.metrics()}\n${await installationMetrics(db, patienceMs)}`;
      res.set("Cache-Control", "no-store").type(registry.contentType).end(text);
    } catch (error) {
      next(error);
    }
  });
  return router;
}
