import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeContext } from "#server/testing/caller.ts";
import { createCaller } from "#server/trpc/root.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, sql } = await testDatabase();
const boss = await callerOf(db, "super_admin");
const nobody = createCaller(makeContext(db, null));
const newPassword = "une phrase toute neuve";
const worthless = { message: "user.reset_link_invalid" };
let count = 0;

async function account() {
  count += 1;
  return boss.call.users.create({ email: `perdu${count}@relance.test`, role: "admin" });
}

test("a link gives its account a new password, once; the old one is good until then", async () => {
  const { id, email, password } = await account();
  await createSession(db, { userId: id, ip: "192.0.2.1", userAgent: null, secret: "s" });
  const { resetToken: token, expiresAt } = await boss.call.users.createResetLink({ id });
  expect(Math.round((expiresAt.getTime() - Date.now()) / 3_600_000)).toBe(24);
  expect(JSON.stringify(await sql`select * from password_resets`)).not.toContain(token);
  expect(JSON.stringify(await sql`select * from audit_log`)).not.toContain(token);
  expect(await nobody.auth.resetLink({ token })).toEqual({ email });
  expect(await nobody.auth.signIn({ email, password })).toMatchObject({ kind: "signed_in" });
  await expect(nobody.auth.useResetLink({ token, newPassword: "court" })).rejects.toMatchObject({
    message: "user.weak_password",
  });
  await nobody.auth.useResetLink({ token, newPassword });
  expect(await sql`select from sessions where user_id = ${id}`).toHaveLength(0);
  await expect(nobody.auth.signIn({ email, password })).rejects.toThrow();
  expect(await nobody.auth.signIn({ email, password: newPassword })).toMatchObject({ kind: "signed_in" });
  expect(await nobody.auth.resetLink({ token })).toBeNull();
  await expect(nobody.auth.useResetLink({ token, newPassword })).rejects.toMatchObject(worthless);
  const lines = await sql`select user_id, action from audit_log
    where subject_id = ${String(id)} and action like 'user.reset_link%' order by id`;
  expect(lines).toEqual([
    { user_id: boss.user.id, action: "user.reset_link_made" },
    { user_id: id, action: "user.reset_link_used" },
  ]);
});

test("of two who use a link at once one does", async () => {
  const { id } = await account();
  const { resetToken: token } = await boss.call.users.createResetLink({ id });
  const uses = await Promise.allSettled(
    [1, 2, 3].map((n) => nobody.auth.useResetLink({ token, newPassword: `${newPassword} ${n}` })),
  );
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a link that was replaced, is too old, of a closed account or made up is worth nothing", async () => {
  const { id } = await account();
  const { resetToken: first } = await boss.call.users.createResetLink({ id });
  const { resetToken: second } = await boss.call.users.createResetLink({ id });
  await expect(nobody.auth.useResetLink({ token: first, newPassword })).rejects.toMatchObject(worthless);
  await boss.call.users.resetPassword({ id });
  await expect(nobody.auth.useResetLink({ token: second, newPassword })).rejects.toMatchObject(worthless);
  const { resetToken: third } = await boss.call.users.createResetLink({ id });
  await sql`update users set is_active = false where id = ${id}`;
  await expect(nobody.auth.useResetLink({ token: third, newPassword })).rejects.toMatchObject(worthless);
  await expect(boss.call.users.createResetLink({ id })).rejects.toMatchObject({ message: "user.not_found" });
  await sql`update users set is_active = true where id = ${id}`;
  expect(await nobody.auth.resetLink({ token: third })).not.toBeNull();
  await boss.call.users.setActive({ id, isActive: false });
  await boss.call.users.setActive({ id, isActive: true });
  expect(await nobody.auth.resetLink({ token: third })).toBeNull();
  const { resetToken: fourth } = await boss.call.users.createResetLink({ id });
  await sql`update password_resets set expires_at = now()`;
  await expect(nobody.auth.useResetLink({ token: fourth, newPassword })).rejects.toMatchObject(worthless);
  await expect(nobody.auth.useResetLink({ token: "", newPassword })).rejects.toMatchObject(worthless);
});
