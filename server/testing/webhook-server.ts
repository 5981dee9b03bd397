// Our webhook over HTTP for tests of the engine, without the web application around it.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { handleWebhook, type WebhookServices } from "#server/webhooks/handle-webhook.ts";

export type WebhookServer = { url: string; close: () => Promise<void> };

/** Serves every POST as Twilio's webhook. `services` may be given later: the address has to be known first. */
export async function startWebhookServer(services: () => WebhookServices): Promise<WebhookServer> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      handleWebhook(services(), {
        rawUrl: request.url ?? "/",
        ip: request.socket.remoteAddress ?? null,
        signature: (request.headers["x-twilio-signature"] as string | undefined) ?? null,
        headers: { host: request.headers.host ?? "" },
        body: Buffer.concat(chunks).toString("utf8"),
      }).then(
        (answer) => response.writeHead(answer.status, { "content-type": "text/xml" }).end(answer.body),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
