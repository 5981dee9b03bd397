import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";

const { db } = await testDatabase();

test.each([
  ["admin", "https://relance.example.org/api/webhooks/twilio"],
  ["super_admin", "https://tunnel:secret@relance.example.org/api/webhooks/twilio"],
] as const)(
  "the user and password of the public address are the super admin's to see: %s",
  async (role, url) => {
    const context = makeContext(db, await makeSignedIn(db, role));
    const env = makeEnv({ TWILIO_WEBHOOK_BASE_URL: "https://tunnel:secret@relance.example.org" });
    const { console } = createCaller({ ...context, services: { ...context.services, env } }).sandbox;
    expect(await console()).toEqual({ inboundUrl: url, statusUrl: url });
  },
);
