import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import type { Log } from "#server/log.ts";
import { countRequest } from "#server/metrics/requests.ts";

/** Numbers the request and writes one line when it is over. Never the query: it may carry what is nobody's business. */
export function accessLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    res.locals.requestId = requestId;
    res.setHeader("X-Request-Id", requestId);
    const path = req.originalUrl.split("?", 1)[0];
    res.on("close", () => {
      const ms = Math.round(performance.now() - startedAt);
      const status = res.writableFinished ? res.statusCode : "aborted";
      countRequest(req.method, res.writableFinished ? res.statusCode : null, ms / 1000);
      const level = /^\/(assets\/|healthz|readyz|metrics)/.test(path ?? "") ? "debug" : "info";
      log[level]({ method: req.method, path, status, ms, requestId }, "request");
    });
    next();
  };
}
