import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { createSession, findSessionUser } from "#server/users/sessions.ts";

const secret = makeEnv().sessionSecret;

async function makeOffice() {
  const { db, sql } = await testDatabase();
  const boss = await callerOf(db, "super_admin");
  const nobody = createCaller(makeContext(db, null));
  const openSession = (user: SignedInUser, userAgent = "Firefox") =>
    createSession(db, { userId: user.id, ip: "192.0.2.7", userAgent, secret });
  const isOpen = async (token: string) =>
    (await findSessionUser(db, { token, secret, touch: false })) !== null;
  const asOwner = (user: SignedInUser, sessionToken: string) =>
    createCaller(makeContext(db, user, { sessionToken }));
  const actions = async () =>
    (await sql`select action from audit_log order by id`).map(({ action }) => action);
  return { db, sql, boss, nobody, openSession, isOpen, asOwner, actions };
}

test("a new account gets a password that is told once and signs in; its address is taken from then on", async () => {
  const { boss, nobody, sql, actions } = await makeOffice();
  const made = await boss.call.users.create({ email: "  Nora@Relance.test ", role: "admin" });
  expect(made.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(await nobody.auth.signIn({ email: "nora@relance.test", password: made.password })).toMatchObject({
    user: { id: made.id, role: "admin" },
  });
  const written = await sql`select * from audit_log`;
  expect(JSON.stringify(written)).not.toContain(made.password);
  expect(await actions()).toContain("user.created");
  await expect(boss.call.users.create({ email: "NORA@relance.test", role: "admin" })).rejects.toMatchObject({
    message: "user.email_taken",
  });
  await expect(boss.call.users.create({ email: "nora", role: "admin" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  const shown = (await boss.call.users.list()).find(({ id }) => id === made.id);
  expect(shown).toMatchObject({ email: "nora@relance.test", isActive: true, openSessions: 1 });
  expect(shown?.lastSeenAt).toBeInstanceOf(Date);
});

test("only a super admin manages accounts", async () => {
  const { db, boss, actions } = await makeOffice();
  const { call, user } = await callerOf(db);
  for (const refused of [
    call.users.list(),
    call.users.create({ email: "x@relance.test", role: "super_admin" }),
    call.users.resetPassword({ id: boss.user.id }),
    call.users.setActive({ id: boss.user.id, isActive: false }),
    call.users.changeRole({ id: user.id, role: "super_admin" }),
  ]) {
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN", message: "auth.forbidden" });
  }
  expect(await actions()).toEqual([]);
});

test("a closed account is out at once, in every session, until it is opened again", async () => {
  const { db, boss, openSession, isOpen, actions } = await makeOffice();
  const user = await makeSignedIn(db);
  const [one, other] = [await openSession(user), await openSession(user)];
  await boss.call.users.setActive({ id: user.id, isActive: false });
  expect([await isOpen(one), await isOpen(other)]).toEqual([false, false]);
  await boss.call.users.setActive({ id: user.id, isActive: true });
  expect(await isOpen(one)).toBe(false);
  expect(await isOpen(await openSession(user))).toBe(true);
  expect(await actions()).toEqual(["user.deactivated", "user.activated"]);
});

test("a reset password is told once, is the only one that signs in, and ends the sessions of the old one", async () => {
  const { boss, nobody, openSession, isOpen } = await makeOffice();
  const made = await boss.call.users.create({ email: "paul@relance.test", role: "admin" });
  const token = await openSession({ ...made, role: "admin" });
  const { password } = await boss.call.users.resetPassword({ id: made.id });
  expect(await isOpen(token)).toBe(false);
  const signIn = (tried: string) => nobody.auth.signIn({ email: made.email, password: tried });
  await expect(signIn(made.password)).rejects.toMatchObject({ message: "auth.invalid_credentials" });
  expect(await signIn(password)).toMatchObject({ user: { id: made.id } });
});

test("a role changes, but never the last super admin's, who cannot be closed either", async () => {
  const { db, boss, actions } = await makeOffice();
  const { user } = await callerOf(db);
  const { id } = boss.user;
  const last = { message: "user.last_super_admin", code: "CONFLICT" };
  await expect(boss.call.users.changeRole({ id, role: "admin" })).rejects.toMatchObject(last);
  await expect(boss.call.users.setActive({ id, isActive: false })).rejects.toMatchObject(last);
  await boss.call.users.changeRole({ id: user.id, role: "super_admin" });
  await boss.call.users.setActive({ id: user.id, isActive: false });
  await expect(boss.call.users.changeRole({ id, role: "admin" })).rejects.toMatchObject(last);
  await boss.call.users.setActive({ id: user.id, isActive: true });
  await boss.call.users.changeRole({ id, role: "admin" });
  expect((await actions()).filter((action) => action === "user.role_changed")).toHaveLength(2);
  await expect(boss.call.users.changeRole({ id: 999_999, role: "admin" })).rejects.toMatchObject({
    message: "user.not_found",
  });
});

test("two super admins who close each other at the same time do not both succeed", async () => {
  const { db, boss, sql } = await makeOffice();
  const other = await callerOf(db, "super_admin");
  const results = await Promise.allSettled([
    boss.call.users.setActive({ id: other.user.id, isActive: false }),
    other.call.users.setActive({ id: boss.user.id, isActive: false }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await sql`select count(*)::int as left from users where role = 'super_admin' and is_active`).toEqual(
    [{ left: 1 }],
  );
});

test("one's own password changes with the old one at hand, and the other sessions end", async () => {
  const { boss, nobody, openSession, isOpen, asOwner, actions } = await makeOffice();
  const { id, email, password } = await boss.call.users.create({ email: "lea@relance.test", role: "admin" });
  const user = { id, email, role: "admin" as const };
  const [here, elsewhere] = [await openSession(user), await openSession(user)];
  const { account } = asOwner(user, here);
  const newPassword = "une phrase assez longue";
  await expect(account.changePassword({ currentPassword: "faux", newPassword })).rejects.toMatchObject({
    message: "user.wrong_password",
  });
  await expect(
    account.changePassword({ currentPassword: password, newPassword: "court" }),
  ).rejects.toMatchObject({ message: "user.weak_password" });
  await account.changePassword({ currentPassword: password, newPassword });
  expect([await isOpen(here), await isOpen(elsewhere)]).toEqual([true, false]);
  expect(await nobody.auth.signIn({ email, password: newPassword })).toMatchObject({ user: { id } });
  expect(await actions()).toContain("user.password_changed");
});

test("a wrong password ten times over locks the change too", async () => {
  const { boss, openSession, asOwner } = await makeOffice();
  const made = await boss.call.users.create({ email: "max@relance.test", role: "admin" });
  const user = { ...made, role: "admin" as const };
  const { account } = asOwner(user, await openSession(user));
  const attempt = () => account.changePassword({ currentPassword: "faux", newPassword: "assez longue !" });
  for (let n = 0; n < 10; n++)
    await expect(attempt()).rejects.toMatchObject({ message: "user.wrong_password" });
  await expect(attempt()).rejects.toMatchObject({ message: "auth.locked" });
}, 30_000);

test("one sees one's sessions and ends the others, one or all, and nobody else's", async () => {
  const { db, openSession, isOpen, asOwner, boss, actions } = await makeOffice();
  const user = await makeSignedIn(db);
  const [here, phone, office] = [
    await openSession(user),
    await openSession(user, "Phone"),
    await openSession(user, "Office"),
  ];
  const stranger = await openSession(boss.user);
  const { account } = asOwner(user, here);
  const listed = await account.sessions();
  expect(listed.filter(({ current }) => current)).toMatchObject([{ userAgent: "Firefox", ip: "192.0.2.7" }]);
  expect(JSON.stringify(listed)).not.toContain(here);
  expect(listed).toHaveLength(3);
  const idOf = (agent: string) => listed.find(({ userAgent }) => userAgent === agent)?.id ?? "";
  expect(await account.endSession({ id: idOf("Phone") })).toEqual({ count: 1 });
  expect(await account.endSession({ id: idOf("Phone") })).toEqual({ count: 0 });
  expect(await account.endSession({ id: idOf("Firefox") })).toEqual({ count: 0 });
  const [foreign] = await asOwner(boss.user, stranger).account.sessions();
  expect(await account.endSession({ id: foreign?.id ?? "" })).toEqual({ count: 0 });
  expect(await Promise.all([here, phone, office, stranger].map(isOpen))).toEqual([true, false, true, true]);
  expect(await account.endOtherSessions()).toEqual({ count: 1 });
  expect(await Promise.all([here, office, stranger].map(isOpen))).toEqual([true, false, true]);
  expect(await actions()).toEqual(["user.sessions_ended", "user.sessions_ended"]);
});
