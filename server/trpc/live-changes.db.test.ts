import { once } from "node:events";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { campaigns } from "#db/schema/campaigns.ts";
import { users } from "#db/schema/users.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import type { LiveHub } from "#server/http/live.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeCampaign, makeEnv } from "#server/testing/factories.ts";
import { liveChanges } from "#server/trpc/live-changes.ts";
import { createSession, endSession } from "#server/users/sessions.ts";

const { db } = await testDatabase();
const secret = makeEnv().sessionSecret;
const checkMs = 20;

/** Open, and nothing is ever heard: as if every notification were lost. */
const deaf: LiveHub = {
  // biome-ignore lint/correctness/useYield: that is what is tested
  subscribe: async function* (signal) {
    await once(signal, "abort");
  },
  close: async () => {},
};

async function opened(role: "admin" | "super_admin", live = deaf) {
  const user = await makeSignedIn(db, role);
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  const context = makeContext(db, user, { sessionToken: token });
  const ctx = { ...context, user, services: { ...context.services, live } };
  const stream = liveChanges(ctx, undefined, checkMs);
  await stream.next();
  return { user, token, stream };
}

test("a stream without any news ends soon after its session, and after its account", async () => {
  const [one, other] = [await opened("admin"), await opened("admin")];
  await endSession(db, { token: one.token, secret });
  await expect(one.stream.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await db.update(users).set({ isActive: false }).where(eq(users.id, other.user.id));
  await expect(other.stream.next()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a stream without any news notices that its user's role is another", async () => {
  const { user, stream } = await opened("super_admin");
  const next = stream.next();
  await db.update(users).set({ role: "admin" }).where(eq(users.id, user.id));
  expect((await next).value).toMatchObject({ all: true });
  await stream.return(undefined);
});

test("a campaign given to somebody else is news to them, and no more to whose it was", async () => {
  const campaignId = await makeCampaign(db, []);
  const owned = async (createdBy: number) =>
    db.update(campaigns).set({ createdBy }).where(eq(campaigns.id, campaignId));
  let goOn = () => {};
  const given = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const twice: LiveHub = {
    subscribe: async function* () {
      yield [{ campaignId }];
      await given;
      yield [{ campaignId, senderId: 1 }];
    },
    close: async () => {},
  };
  const [before, after] = [await opened("admin", twice), await opened("admin", twice)];
  await owned(before.user.id);
  expect((await before.stream.next()).value).toMatchObject({ campaignIds: [campaignId] });
  const news = [before.stream.next(), after.stream.next()];
  await owned(after.user.id);
  goOn();
  expect((await Promise.all(news)).map(({ value }) => value?.campaignIds)).toEqual([[], [campaignId]]);
});
