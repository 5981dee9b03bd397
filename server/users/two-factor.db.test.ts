import { hash } from "bcryptjs";
import { TOTP } from "otpauth";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { makeContext } from "#server/testing/caller.ts";
import { makeUser } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";
import { createSession } from "#server/users/sessions.ts";
import { openSecret, sealSecret } from "#server/users/two-factor-secret.ts";

const { db, sql } = await testDatabase();
const password = "une phrase à retenir";
const passwordHash = await hash(password, 4);
const nobody = createCaller(makeContext(db, null));
const { sessionSecret } = makeContext(db, null).services.env;
let count = 0;

async function account() {
  count += 1;
  const email = `deux${count}@relance.test`;
  const id = await makeUser(db, { email, passwordHash });
  const user = { id, email, role: "admin" } as const;
  const from = { ip: "192.0.2.1", userAgent: null, secret: sessionSecret };
  const sessionToken = await createSession(db, { userId: id, ...from });
  await createSession(db, { userId: id, ...from });
  const call = createCaller(makeContext(db, user, { sessionToken }));
  const signIn = (typed = password) => nobody.auth.signIn({ email, password: typed });
  return { id, email, call, signIn };
}

/** What the application on the device shows, so many periods from now. */
function codeOf(secret: string, periods = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + periods * 30_000 });
}

async function withTwoFactor() {
  const made = await account();
  await made.call.account.startTwoFactor({ currentPassword: password });
  const secret = (await made.call.account.twoFactor()).setUp?.secret ?? "";
  const { recoveryCodes } = await made.call.account.confirmTwoFactor({ code: codeOf(secret, -1) });
  const challenge = async () => {
    const asked = await made.signIn();
    if (asked.kind !== "code_required") throw new Error("no code was asked for");
    return asked.challenge;
  };
  const answer = async (code: string) => nobody.auth.signInWithCode({ challenge: await challenge(), code });
  return { ...made, secret, recoveryCodes, challenge, answer };
}

const wrong = { message: "auth.wrong_code" };

test("a second factor counts once its owner has shown a code of it, and then ends the other sessions", async () => {
  const { id, call, signIn } = await account();
  await expect(call.account.startTwoFactor({ currentPassword: "faux" })).rejects.toMatchObject({
    message: "user.wrong_password",
  });
  await call.account.startTwoFactor({ currentPassword: password });
  expect(await signIn()).toMatchObject({ kind: "signed_in" });
  const { setUp } = await call.account.twoFactor();
  expect(setUp?.uri).toMatch(/^otpauth:\/\/totp\/Relance:deux\d+%40relance\.test\?.*secret=[A-Z2-7]{32}/);
  await expect(call.account.confirmTwoFactor({ code: "000000" })).rejects.toMatchObject(wrong);
  expect((await call.account.twoFactor()).since).toBeNull();
  const { recoveryCodes } = await call.account.confirmTwoFactor({ code: codeOf(setUp?.secret ?? "") });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await call.account.twoFactor()).toMatchObject({
    since: expect.any(Date),
    codesLeft: 10,
    setUp: null,
  });
  expect(await sql`select from sessions where user_id = ${id}`).toHaveLength(1);
  expect(await signIn()).toMatchObject({ kind: "code_required" });
  const stored = await sql`select t.*, r.* from two_factors t join recovery_codes r using (user_id)`;
  for (const told of [setUp?.secret, ...recoveryCodes]) expect(JSON.stringify(stored)).not.toContain(told);
});

test("after the password a code lets in, once, and none of before it", async () => {
  const { secret, answer, id } = await withTwoFactor();
  const code = codeOf(secret, 1);
  expect(await answer(code.replace(/^(...)/, "$1 "))).toMatchObject({ kind: "signed_in", user: { id } });
  await expect(answer(code)).rejects.toMatchObject(wrong);
  await expect(answer(codeOf(secret))).rejects.toMatchObject(wrong);
  await expect(answer(codeOf(secret, 5))).rejects.toMatchObject(wrong);
});

test("of two who bring the same code at once one is let in", async () => {
  const { secret, answer } = await withTwoFactor();
  const code = codeOf(secret, 1);
  const outcomes = await Promise.allSettled([answer(code), answer(code), answer(code)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a recovery code lets in once, whatever the case, and new ones replace them all", async () => {
  const { recoveryCodes, answer, call } = await withTwoFactor();
  const [first = "", second = ""] = recoveryCodes;
  expect(await answer(` ${first.toUpperCase()} `)).toMatchObject({ kind: "signed_in" });
  await expect(answer(first)).rejects.toMatchObject(wrong);
  expect((await call.account.twoFactor()).codesLeft).toBe(9);
  await call.account.renewRecoveryCodes({ currentPassword: password });
  await expect(answer(second)).rejects.toMatchObject(wrong);
});

test("a challenge is good for its account, five minutes, and the password it was given for", async () => {
  const { secret, challenge, id } = await withTwoFactor();
  const other = await withTwoFactor();
  const code = codeOf(secret, 1);
  const expired = { message: "auth.challenge_expired" };
  const use = (given: string) => nobody.auth.signInWithCode({ challenge: given, code });
  const good = await challenge();
  const [, expires, signature] = good.split(".");
  for (const forged of [
    "",
    "x",
    `${other.id}.${expires}.${signature}`,
    `${id}.${Number(expires) + 60}.${signature}`,
    `${id}.${Number(expires) - 600}.${signature}`,
    good.slice(0, -1),
  ]) {
    await expect(use(forged)).rejects.toMatchObject(expired);
  }
  await sql`update users set password_hash = ${await hash("une autre phrase", 4)} where id = ${id}`;
  await expect(use(good)).rejects.toMatchObject(expired);
  await sql`update users set password_hash = ${passwordHash}, is_active = false where id = ${id}`;
  await expect(use(good)).rejects.toMatchObject(expired);
});

test("ten wrong codes lock the code out from everywhere, and the right password does not begin anew", async () => {
  const { secret, challenge, signIn } = await withTwoFactor();
  for (let n = 0; n < 10; n++) {
    const guesser = createCaller(makeContext(db, null, { ip: `192.0.2.${n}` }));
    const guess = guesser.auth.signInWithCode({ challenge: await challenge(), code: "000000" });
    await expect(guess).rejects.toMatchObject(wrong);
  }
  expect(await signIn()).toMatchObject({ kind: "code_required" });
  const right = nobody.auth.signInWithCode({ challenge: await challenge(), code: codeOf(secret, 1) });
  await expect(right).rejects.toMatchObject({ message: "auth.locked" });
  await sql`update sign_in_attempts set at = at - interval '16 minutes'`;
  const later = nobody.auth.signInWithCode({ challenge: await challenge(), code: codeOf(secret, 1) });
  expect(await later).toMatchObject({ kind: "signed_in" });
});

test("its owner takes it off with the password, a super admin without", async () => {
  const { call, signIn } = await withTwoFactor();
  await expect(call.account.removeTwoFactor({ currentPassword: "faux" })).rejects.toThrow();
  await call.account.removeTwoFactor({ currentPassword: password });
  expect(await signIn()).toMatchObject({ kind: "signed_in" });
  const lost = await withTwoFactor();
  const boss = {
    id: await makeUser(db, { role: "super_admin" }),
    email: "chef@relance.test",
    role: "super_admin",
  } as const;
  const keeper = createCaller(makeContext(db, boss));
  expect((await keeper.users.list()).find(({ id }) => id === lost.id)).toMatchObject({ hasTwoFactor: true });
  await keeper.users.removeTwoFactor({ id: lost.id });
  expect(await lost.signIn()).toMatchObject({ kind: "signed_in" });
  const [line] =
    await sql`select user_id, subject_id from audit_log where action = 'user.two_factor_off' order by id desc`;
  expect(line).toEqual({ user_id: boss.id, subject_id: String(lost.id) });
});

test("an account sees who signed in to it, who tried, and nothing of another's", async () => {
  const { call, secret, answer, signIn } = await withTwoFactor();
  await (await account()).signIn();
  await expect(signIn("faux")).rejects.toThrow();
  await expect(answer("000000")).rejects.toThrow();
  await answer(codeOf(secret, 1));
  const shown = (await call.account.signIns()).map(({ kind, succeeded }) => [kind, succeeded]);
  expect(shown).toEqual([
    ["code", true],
    ["code", false],
    ["password", false],
  ]);
});

test("the secret is readable with the key that sealed it, and unharmed alone", () => {
  const sealed = sealSecret("JBSWY3DPEHPK3PXP", "a".repeat(32));
  expect(sealed).not.toBe(sealSecret("JBSWY3DPEHPK3PXP", "a".repeat(32)));
  expect(openSecret(sealed, "a".repeat(32))).toBe("JBSWY3DPEHPK3PXP");
  expect(openSecret(sealed, "b".repeat(32))).toBeNull();
  expect(openSecret(`A${sealed.slice(1, -1)}`, "a".repeat(32))).toBeNull();
  expect(openSecret("", "a".repeat(32))).toBeNull();
});
