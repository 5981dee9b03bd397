// A worker and Twilio's stand-in beside a database just taken over: nothing is sent that nobody asked for.
import { expect, test, vi } from "vitest";
import { migrate } from "#db/migrate.ts";
import { blemishedDatabase } from "#db/testing/previous-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { sendTestMessage } from "#server/messages/send-test-message.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeCampaign, makeContact } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";

test("[EX-8.5] nothing leaves by the move: what waited waits, and only what is asked for goes out", async () => {
  const database = await blemishedDatabase();
  const { db, sql, url } = database;
  await migrate(url);
  const stack = await startEngineStack(database);
  const worker = await startWorker(stack.env, stack.log, { sweepEveryMs: 50, deadAfterMs: 1_000 });
  const pending = () =>
    sql`select id from messages where status = 'pending' and to_address is null order by id`;
  const waiting = [...(await pending())];
  expect(waiting.length).toBeGreaterThan(300);
  try {
    const user = await makeSignedIn(db, "super_admin");
    const call = createCaller(makeContext(db, user));
    const [old] = await sql`select id from campaigns where name = 'Soldes'`;
    await expect(call.campaigns.resume({ id: old?.id })).rejects.toThrow("campaign.taken_over");
    await expect(call.campaigns.retryFailed({ id: old?.id })).resolves.toEqual({ count: 0 });
    // a message that was asked for shows that the worker would have sent the others
    const contactId = await makeContact(db, { createdBy: user.id });
    const campaignId = await makeCampaign(db, [contactId], { createdBy: user.id });
    const number = "+33639987654";
    const { messageId } = await sendTestMessage(db, {
      user,
      campaignId,
      number,
      country: null,
      env: stack.env,
    });
    await vi.waitFor(
      async () => {
        const [sent] = await sql`select whatsapp_message_id as sid from messages where id = ${messageId}`;
        expect(sent?.sid).toMatch(/^[SM]M/);
      },
      { timeout: 20_000, interval: 50 },
    );
    const sweeps = async () => {
      const [row] = await sql`select heartbeat_at::text as at from workers`;
      return row?.at;
    };
    const first = await sweeps();
    await vi.waitFor(async () => expect(await sweeps()).not.toBe(first), { timeout: 20_000, interval: 100 });
    expect((await stack.twilio.messages()).map(({ to }) => to)).toEqual([number]);
    expect([...(await pending())]).toEqual(waiting);
    await call.campaigns.cancel({ id: old?.id });
    const [left] =
      await sql`select count(*)::int as count from messages where campaign_id = ${old?.id} and status = 'pending'`;
    expect(left?.count).toBe(0);
  } finally {
    await worker.stop();
    await stack.close();
  }
}, 60_000);
