import { hash } from "bcryptjs";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf, makeContext } from "#server/testing/caller.ts";
import { startTestWeb } from "#server/testing/web.ts";
import { createCaller } from "#server/trpc/root.ts";
import { createApiToken } from "#server/users/api-tokens.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const { db, sql, url } = await testDatabase();
const currentPassword = "une phrase à retenir";
const passwordHash = await hash(currentPassword, 4);

async function person(role?: SignedInUser["role"]) {
  const made = await callerOf(db, role);
  await sql`update users set password_hash = ${passwordHash} where id = ${made.user.id}`;
  return made;
}

async function scene() {
  const web = await startTestWeb(url);
  onTestFinished(web.close);
  const claire = await person();
  const ask = async (token: string, path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(`${web.url}/api/trpc/${path}`, { headers, ...init });
    const { result, error } = await response.json();
    return error ? [response.status, error.message] : [response.status, result.data];
  };
  const create = (token: string) =>
    ask(token, "categories.create", {
      method: "POST",
      body: JSON.stringify({ name: "Par programme", color: "#22aa66" }),
    });
  return { ...claire, web, ask, create };
}

test("a token reads as its owner, and changes something only where it may", async () => {
  const { call, user, ask, create } = await scene();
  const reads = await call.account.createToken({ currentPassword, name: "Lecture", scope: "read", days: 30 });
  const writes = await call.account.createToken({
    currentPassword,
    name: "Écriture",
    scope: "write",
    days: 365,
  });
  expect(reads.token).toMatch(/^relance_[\w-]{43}$/);
  expect(await ask(reads.token, "auth.me")).toEqual([200, user]);
  expect(await create(reads.token)).toEqual([403, "api.read_only"]);
  expect(await create(writes.token)).toMatchObject([200, { id: expect.any(Number) }]);
  expect(JSON.stringify(await sql`select * from api_tokens`)).not.toContain(reads.token);
  expect(JSON.stringify(await sql`select * from audit_log`)).not.toContain(reads.token);
});

test("a program signs nobody out, and the audit log does not say so", async () => {
  const { call, user, ask } = await scene();
  const { token } = await call.account.createToken({
    currentPassword,
    name: "Lecture",
    scope: "read",
    days: 30,
  });
  await ask(token, "auth.signOut", { method: "POST", body: "{}" });
  expect(await sql`select from audit_log where action = 'auth.signed_out' and user_id = ${user.id}`).toEqual(
    [],
  );
});

test("no token touches an account, its own or another's", async () => {
  const { ask } = await scene();
  const boss = await person("super_admin");
  const { token } = await boss.call.account.createToken({
    currentPassword,
    name: "Tout",
    scope: "write",
    days: 30,
  });
  const post = {
    method: "POST",
    body: JSON.stringify({ currentPassword, name: "x", scope: "write", days: 30 }),
  };
  for (const [path, init] of [
    ["account.tokens", {}],
    ["account.createToken", post],
    ["users.list", {}],
    ["users.setActive", post],
  ] as const) {
    expect([path, await ask(token, path, init)]).toEqual([path, [403, "api.session_required"]]);
  }
});

test("the account sees when a token was last used and from where", async () => {
  const { call, ask } = await scene();
  const { id, token } = await call.account.createToken({
    currentPassword,
    name: "Vu",
    scope: "read",
    days: 90,
  });
  expect((await call.account.tokens())[0]).toMatchObject({ id, hint: token.slice(0, 12), lastUsedAt: null });
  await ask(token, "auth.me");
  const [used] = await call.account.tokens();
  expect(used).toMatchObject({
    lastUsedAt: expect.any(Date),
    lastUsedIp: expect.stringContaining("127.0.0.1"),
    isExpired: false,
  });
});

test("a token that is revoked, has run out, or whose account is closed opens nothing, nor does the cookie beside it", async () => {
  const { call, user, ask } = await scene();
  const { id, token } = await call.account.createToken({
    currentPassword,
    name: "Fini",
    scope: "read",
    days: 30,
  });
  const refused = [401, "auth.required"];
  const list = () => ask(token, "categories.list");
  expect((await list())[0]).toBe(200);
  await sql`update users set is_active = false where id = ${user.id}`;
  expect(await list()).toEqual(refused);
  await sql`update users set is_active = true where id = ${user.id}`;
  await sql`update api_tokens set expires_at = now() where id = ${id}`;
  expect(await list()).toEqual(refused);
  expect((await call.account.tokens())[0]).toMatchObject({ id, isExpired: true });
  await sql`update api_tokens set expires_at = now() + interval '1 day' where id = ${id}`;
  await call.account.revokeToken({ id });
  expect(await list()).toEqual(refused);
  await expect(call.account.revokeToken({ id })).rejects.toMatchObject({ message: "api_token.not_found" });
  expect(await ask("relance_invented", "categories.list")).toEqual(refused);
  expect(await call.account.tokens()).toEqual([]);
});

test("who only has somebody's open session makes no token of it", async () => {
  const { call, user } = await scene();
  const wanted = { name: "À la dérobée", scope: "write", days: 365 } as const;
  await expect(
    call.account.createToken({ ...wanted, currentPassword: "une phrase devinée" }),
  ).rejects.toMatchObject({ message: "user.wrong_password" });
  expect(await call.account.tokens()).toEqual([]);
  await call.account.createToken({ ...wanted, currentPassword });
  const [line] =
    await sql`select after from audit_log where action = 'api_token.created' and user_id = ${user.id}`;
  expect(line?.after).toEqual(wanted);
});

test("tokens end with a password that somebody else gave anew and with the account, for good", async () => {
  const boss = await person("super_admin");
  const nobody = createCaller(makeContext(db, null));
  const ways: Record<string, (id: number) => Promise<unknown>> = {
    "a password given by a super admin": (id) => boss.call.users.resetPassword({ id }),
    "a link that was used": async (id) => {
      const { resetToken: token } = await boss.call.users.createResetLink({ id });
      await nobody.auth.useResetLink({ token, newPassword: "une phrase toute neuve" });
    },
    "an account closed and opened again": async (id) => {
      await boss.call.users.setActive({ id, isActive: false });
      await boss.call.users.setActive({ id, isActive: true });
    },
  };
  for (const [way, happens] of Object.entries(ways)) {
    const { call, user, ask } = await scene();
    const { token } = await call.account.createToken({
      currentPassword,
      name: "Lecture",
      scope: "read",
      days: 30,
    });
    expect([way, (await ask(token, "auth.me"))[0]]).toEqual([way, 200]);
    await happens(user.id);
    expect([way, await ask(token, "categories.list")]).toEqual([way, [401, "auth.required"]]);
    expect([way, await call.account.tokens()]).toEqual([way, []]);
  }
});

test("whoever changes their own password keeps their tokens", async () => {
  const { call, ask } = await scene();
  const { token } = await call.account.createToken({
    currentPassword,
    name: "Lecture",
    scope: "read",
    days: 30,
  });
  await call.account.changePassword({ currentPassword, newPassword: "une phrase toute neuve" });
  expect((await ask(token, "categories.list"))[0]).toBe(200);
});

test("another's token is not found, and twenty are enough", async () => {
  const { call } = await scene();
  const other = await person();
  const { id } = await call.account.createToken({
    currentPassword,
    name: "À Claire",
    scope: "read",
    days: 30,
  });
  await expect(other.call.account.revokeToken({ id })).rejects.toMatchObject({
    message: "api_token.not_found",
  });
  const token = { userId: other.user.id, name: "n", scope: "read", days: 30 } as const;
  const made = await Promise.allSettled(
    Array.from({ length: 21 }, () => db.transaction((tx) => createApiToken(tx, token))),
  );
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
});
