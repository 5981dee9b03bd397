import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { createSession, endSession, findSessionUser } from "#server/users/sessions.ts";

const { db, sql } = await testDatabase();
const secret = "a-secret-of-the-tests-of-32-characters";

async function makeSession(minutesIdle = 0) {
  const user = await makeSignedIn(db);
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: "test", secret });
  await sql`update sessions set last_seen_at = now() - ${minutesIdle} * interval '1 minute' where user_id = ${user.id}`;
  const secondsIdle = async () => {
    const [row] = await sql`
      select extract(epoch from now() - last_seen_at)::float8 as s from sessions where user_id = ${user.id}`;
    return row?.s as number;
  };
  return { user, token, secondsIdle };
}

test("the token of a session finds its user, and the database holds only its hash", async () => {
  const { user, token } = await makeSession();
  expect(await findSessionUser(db, { token, secret, touch: true })).toEqual(user);
  expect(token).toMatch(/^[\w-]{43}$/);
  const stored = await sql`select token_hash from sessions`;
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(await findSessionUser(db, { token, secret: `${secret}!`, touch: true })).toBeNull();
});

test("a session idle for 30 minutes is over, one idle for 29 is not", async () => {
  const { token: over } = await makeSession(30.1);
  const { token: alive, user } = await makeSession(29);
  expect(await findSessionUser(db, { token: over, secret, touch: true })).toBeNull();
  expect(await findSessionUser(db, { token: alive, secret, touch: true })).toEqual(user);
});

test("a request counts as activity, an event stream does not", async () => {
  const { token, secondsIdle } = await makeSession(20);
  await findSessionUser(db, { token, secret, touch: false });
  expect(await secondsIdle()).toBeGreaterThan(19 * 60);
  await findSessionUser(db, { token, secret, touch: true });
  expect(await secondsIdle()).toBeLessThan(30);
});

test("activity is written at most once a minute", async () => {
  const { token, secondsIdle } = await makeSession(0.7);
  await findSessionUser(db, { token, secret, touch: true });
  expect(await secondsIdle()).toBeGreaterThan(40);
});

test("after signing out the token finds nobody", async () => {
  const { token } = await makeSession();
  await endSession(db, { token, secret });
  await endSession(db, { token, secret });
  expect(await findSessionUser(db, { token, secret, touch: true })).toBeNull();
});

test("the session of a deactivated account is over", async () => {
  const { token, user } = await makeSession();
  await sql`update users set is_active = false where id = ${user.id}`;
  expect(await findSessionUser(db, { token, secret, touch: true })).toBeNull();
});
