// The metrics of a worker, which has no web server of its own.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { mayScrape } from "#server/metrics/may-scrape.ts";
import { registry } from "#server/metrics/registry.ts";

export type MetricsServer = { url: string; close: () => Promise<void> };

/**
 * Answers `/metrics` on the configured port (0: any), on this machine alone unless a token protects it; null when no port
 * is configured, or when it is in use: metrics are no reason not to send.
 */
export async function serveMetrics(
  { workerMetricsPort, metricsToken }: Pick<Env, "workerMetricsPort" | "metricsToken">,
  log: Log,
): Promise<MetricsServer | null> {
  if (workerMetricsPort === null) return null;
  const server = createServer(async (req, res) => {
    if (req.method !== "GET" || req.url !== "/metrics" || !mayScrape(req, metricsToken)) {
      res.writeHead(404).end();
      return;
    }
    const text = await registry.metrics();
    res.writeHead(200, { "Content-Type": registry.contentType, "Cache-Control": "no-store" }).end(text);
  });
  try {
    server.listen(workerMetricsPort, metricsToken === null ? "127.0.0.1" : undefined);
    await once(server, "listening");
  } catch (error) {
    log.warn({ err: error, port: workerMetricsPort }, "worker metrics are not served");
    return null;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/metrics`;
  log.info({ url }, "worker metrics are served");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url, close };
}
