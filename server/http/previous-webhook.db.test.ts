// The address that the provider before Twilio called.
import { expect, onTestFinished, test } from "vitest";
import * as previousRoute from "#app/routes/api.webhooks.gupshup.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startTestWeb } from "#server/testing/web.ts";

test("[EX-8.5] the webhook of Gupshup answers 410 to whatever comes, and nothing of it is kept", async () => {
  const { url: databaseUrl, sql } = await testDatabase();
  const { url, close } = await startTestWeb(databaseUrl, {
    routes: { "api/webhooks/gupshup": previousRoute },
  });
  onTestFinished(close);
  const hits: RequestInit[] = [
    { method: "GET" },
    { method: "PUT", body: "x" },
    { method: "POST", body: '{"type":"message-event"}', headers: { "content-type": "application/json" } },
    { method: "POST", body: new URLSearchParams({ From: "whatsapp:+33639980001", Body: "Oui" }) },
  ];
  for (const hit of hits) {
    const response = await fetch(`${url}/api/webhooks/gupshup`, hit);
    expect([response.status, await response.text()], hit.method).toEqual([410, ""]);
  }
  expect(await sql`select from webhook_events`).toEqual([]);
});
