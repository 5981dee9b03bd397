import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";

const { db, sql } = await testDatabase();

test("a quick reply is kept, rewritten and forgotten, each with its line in the audit log", async () => {
  const { user, call } = await callerOf(db);
  const { id } = await call.quickReplies.create({ shortcut: " /Horaires ", content: " De 9 h\r\nà 18 h " });
  await call.quickReplies.create({ shortcut: "adresse", content: "1 rue de la Paix" });
  expect(await call.quickReplies.list()).toMatchObject([
    { shortcut: "adresse" },
    { id, shortcut: "horaires", content: "De 9 h\nà 18 h" },
  ]);
  await call.quickReplies.update({ id, shortcut: "heures", content: "De 8 h à 18 h" });
  await call.quickReplies.delete({ id });
  expect(await call.quickReplies.list()).toHaveLength(1);
  const lines = await sql`select action from audit_log where user_id = ${user.id} order by id`;
  expect(lines.map(({ action }) => action)).toEqual([
    "quick_reply.created",
    "quick_reply.created",
    "quick_reply.updated",
    "quick_reply.deleted",
  ]);
});

test("a shortcut is a word of its own, once per user", async () => {
  const [{ call }, other] = [await callerOf(db), await callerOf(db)];
  const content = "Merci !";
  await call.quickReplies.create({ shortcut: "merci", content });
  await expect(call.quickReplies.create({ shortcut: "MERCI", content })).rejects.toThrow(
    "quick_reply.shortcut_taken",
  );
  const { id } = await call.quickReplies.create({ shortcut: "à-bientôt", content });
  await expect(call.quickReplies.update({ id, shortcut: "merci", content })).rejects.toThrow(
    "quick_reply.shortcut_taken",
  );
  await other.call.quickReplies.create({ shortcut: "merci", content });
  for (const shortcut of ["", "/", "deux mots", "a".repeat(31), "<b>"]) {
    await expect(call.quickReplies.create({ shortcut, content })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  }
});

test("nobody sees, changes or forgets another's, a super admin neither", async () => {
  const [{ call }, boss] = [await callerOf(db), await callerOf(db, "super_admin")];
  const { id } = await call.quickReplies.create({ shortcut: "merci", content: "Merci !" });
  expect(await boss.call.quickReplies.list()).toEqual([]);
  const theft = { id, shortcut: "vol", content: "Volé" };
  await expect(boss.call.quickReplies.update(theft)).rejects.toThrow("quick_reply.not_found");
  await expect(boss.call.quickReplies.delete({ id })).rejects.toThrow("quick_reply.not_found");
  expect(await call.quickReplies.list()).toMatchObject([{ shortcut: "merci", content: "Merci !" }]);
});
