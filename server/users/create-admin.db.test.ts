import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { authenticate } from "#server/users/authenticate.ts";
import { createSuperAdmin } from "#server/users/create-admin.ts";

const { db } = await testDatabase();

test("a super admin is created once and can sign in", async () => {
  const { id } = await createSuperAdmin(db, { email: " Chef@Relance.test", password: "douze lettres" });
  const credentials = { email: "chef@relance.test", password: "douze lettres", ip: "192.0.2.1" };
  expect(await authenticate(db, credentials)).toEqual({
    id,
    email: "chef@relance.test",
    role: "super_admin",
  });
  await expect(
    createSuperAdmin(db, { email: "CHEF@relance.test", password: "douze lettres" }),
  ).rejects.toMatchObject({ code: "user.email_taken" });
});

test("a password of less than twelve characters is refused", async () => {
  await expect(
    createSuperAdmin(db, { email: "court@relance.test", password: "onze-lettre" }),
  ).rejects.toMatchObject({ code: "user.weak_password", meta: { minimum: 12 } });
});
