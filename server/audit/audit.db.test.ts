import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { asc, eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { auditLog } from "#db/schema/audit.ts";
import { users } from "#db/schema/users.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startEngineStack } from "#e2e/testing/engine-stack.ts";
import { startWorker } from "#jobs/worker.ts";
import { archiveAudit } from "#server/audit/archive-audit.ts";
import { recordAudit } from "#server/audit/record.ts";
import { retentionTurn } from "#server/privacy/retention-turn.ts";
import { takeTurn } from "#server/queue/turns.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeEnv, makeLog, makeUser } from "#server/testing/factories.ts";

const { db, url } = await testDatabase();

const failure = async (work: Promise<unknown>) =>
  String(
    (
      (await work.then(
        () => null,
        (error: unknown) => error,
      )) as Error | null
    )?.cause,
  );

test("the audit log takes new lines and refuses every change of those it has", async () => {
  await recordAudit(db, { userId: null, ip: null, action: "campaign.launched", subjectId: 1 });
  expect(await failure(db.execute(sql`update audit_log set ip = '192.0.2.9'`))).toContain("only grows");
  expect(await failure(db.execute(sql`delete from audit_log`))).toContain("only grows");
  expect(await failure(db.execute(sql`truncate audit_log`))).toContain("only grows");
  expect(await db.select().from(auditLog)).toHaveLength(1);
});

test("a user who is deleted leaves their lines", async () => {
  const userId = await makeUser(db);
  await recordAudit(db, { userId, ip: null, action: "campaign.paused", subjectId: 7 });
  await db.delete(users).where(eq(users.id, userId));
  const [line] = await db.select().from(auditLog).where(eq(auditLog.action, "campaign.paused"));
  expect(line).toMatchObject({ userId: null, subjectId: "7" });
});

test("who did what from where, before and after, filtered by user, subject, action, address and day", async () => {
  const { user, call } = await callerOf(db, "super_admin");
  const { id } = await call.categories.create({ name: "Fidèles", color: "#112233" });
  await call.categories.update({ id, name: "Très fidèles", color: "#112233" });
  const { rows } = await call.audit.list({ userId: user.id });
  expect(rows.map(({ action }) => action)).toEqual(["category.updated", "category.created"]);
  expect(rows[0]).toMatchObject({
    userEmail: user.email,
    ip: "192.0.2.1",
    subjectName: "Très fidèles",
    before: { name: "Fidèles" },
    after: { name: "Très fidèles" },
    requestId: "test",
  });
  const total = async (filter: Parameters<typeof call.audit.list>[0]) =>
    (await call.audit.list({ userId: user.id, ...filter })).total;
  expect(await total({ action: "category.updated" })).toBe(1);
  expect(await total({ subject: "category" })).toBe(2);
  expect(await total({ subject: "campaign" })).toBe(0);
  expect(await total({ search: String(id) })).toBe(2);
  expect(await total({ search: "192.0.2.1" })).toBe(2);
  expect(await total({ search: "192.0.2.2" })).toBe(0);
  expect(await total({ from: "2020-01-01", to: "2020-12-31" })).toBe(0);
  expect(await total({ from: "2020-01-01", to: "2100-01-01" })).toBe(2);
});

test("the log is read page after page, and by a file batch after batch, each line once", async () => {
  const { user, call } = await callerOf(db, "super_admin");
  for (let subjectId = 1; subjectId <= 120; subjectId += 1) {
    await recordAudit(db, { userId: user.id, ip: null, action: "message.decided", subjectId });
  }
  const seen: string[] = [];
  for (let after: number | null = null; ; ) {
    const page = await call.audit.list({ userId: user.id, after });
    seen.push(...page.rows.map(({ subjectId }) => String(subjectId)));
    if (page.next === null) break;
    after = page.next;
  }
  const expected = Array.from({ length: 120 }, (_, index) => String(120 - index));
  expect(seen).toEqual(expected);
  const file = await call.audit.export({ userId: user.id, after: 0 });
  expect(file.rows.map(({ subjectId }) => subjectId)).toEqual(expected);
});

test("the audit log is the super admin's alone", async () => {
  const { call } = await callerOf(db);
  await expect(call.audit.list({})).rejects.toThrow("auth.forbidden");
  await expect(call.audit.export({})).rejects.toThrow("auth.forbidden");
});

async function makeOld(months: number, howMany: number): Promise<void> {
  await db.execute(sql`
    insert into audit_log (at, action, subject_id)
    select date_trunc('month', now(), 'UTC') - ${months} * interval '1 month' + n * interval '1 minute', 'campaign.tested', n::text
    from generate_series(1, ${howMany}::int) n`);
}

const testedLines = () =>
  db.select().from(auditLog).where(eq(auditLog.action, "campaign.tested")).orderBy(asc(auditLog.id));

test("whole old months go to a file each and leave the database; the others and a system without a folder keep all", async () => {
  const folder = mkdtempSync(join(tmpdir(), "relance-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await makeOld(14, 1500);
  await makeOld(13, 2);
  await makeOld(12, 3);
  expect(await archiveAudit(db, { env: makeEnv() })).toEqual([]);
  expect(await testedLines()).toHaveLength(1505);
  const env = makeEnv({ AUDIT_ARCHIVE_DIR: join(folder, "journal"), AUDIT_KEPT_MONTHS: "12" });
  const [first, second, ...more] = await archiveAudit(db, { env });
  expect([first?.lines, second?.lines, more]).toEqual([1500, 2, []]);
  expect(await testedLines()).toHaveLength(3);
  expect(readdirSync(join(folder, "journal"))).toHaveLength(2);
  const lines = gunzipSync(readFileSync(String(first?.file)))
    .toString()
    .trim()
    .split("\n");
  expect(lines).toHaveLength(1500);
  expect(JSON.parse(lines[1499] ?? "")).toMatchObject({ action: "campaign.tested", subject_id: "1500" });
  expect(await archiveAudit(db, { env })).toEqual([]);
});

test("a worker archives by itself, once an hour, and says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "relance-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stack = await startEngineStack({ db, url });
  onTestFinished(stack.close);
  await makeOld(20, 4);
  const env = makeEnv({ ...stack.variables, AUDIT_ARCHIVE_DIR: folder });
  const log = makeLog();
  const worker = await startWorker(env, log, { sweepEveryMs: 50, deadAfterMs: 10_000 });
  onTestFinished(worker.stop);
  const told = () => log.lines.filter((line) => line.includes("audit log archived"));
  await expect.poll(told, { timeout: 10_000 }).toHaveLength(1);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(await takeTurn(db, retentionTurn)).toBe(false);
});

test("a folder that cannot be written to loses no line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "relance-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "journal"), "a file where the folder should be");
  await makeOld(30, 5);
  const env = makeEnv({ AUDIT_ARCHIVE_DIR: join(folder, "journal") });
  await expect(archiveAudit(db, { env })).rejects.toThrow();
  const [old] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from audit_log where at < now() - interval '20 months'`,
  );
  expect(old?.count).toBe(5);
});
