import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { callerOf } from "#server/testing/caller.ts";

const { db, sql } = await testDatabase();

test("the audit log tells every step of an import, and nothing of what its lines hold", async () => {
  const { user, call } = await callerOf(db);
  const { id } = await call.imports.create({ fileName: "a.csv", bytes: Buffer.from("Ana;0639980001\n") });
  const columns = { number: 1, firstName: 0 };
  await call.imports.configure({ id, columns, hasHeader: false, country: "FR", categoryIds: [] });
  await checkImport(db, id);
  await call.imports.editRow({ id, line: 1, values: { firstName: "Anaïs" } });
  await sql`update imports set status = 'failed', error = 'check' where id = ${id}`;
  await call.imports.retry({ id });
  await checkImport(db, id);
  await call.imports.start({ id });
  const lines =
    await sql`select action, subject_id, after from audit_log where user_id = ${user.id} order by id`;
  expect(lines.map(({ action, subject_id, after }) => [action, subject_id, after])).toEqual([
    ["contacts.import_configured", String(id), { country: "FR", categoryIds: [] }],
    ["contacts.import_row_edited", String(id), { line: 1 }],
    ["contacts.import_retried", String(id), null],
    ["contacts.imported", String(id), null],
  ]);
});

test("a step that was refused leaves no line", async () => {
  const { user, call } = await callerOf(db);
  const { id } = await call.imports.create({ fileName: "a.csv", bytes: Buffer.from("0639980001\n") });
  await expect(call.imports.retry({ id })).rejects.toMatchObject({ message: "import.wrong_status" });
  expect(await sql`select from audit_log where user_id = ${user.id}`).toEqual([]);
});
