// The pool over connections that get lost.
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { connect, queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { startProxy } from "#server/testing/proxy.ts";

const { url } = await testDatabase();
const max = 2;

/** A pool behind a relay that can be cut. */
async function behindProxy() {
  const proxy = await startProxy(url);
  const { db, close } = connect(proxy.url, { max });
  onTestFinished(async () => {
    await close();
    await proxy.close();
  });
  return { db, proxy };
}

test("a connection that is lost just before a transaction is replaced, however often it happens", async () => {
  const { db, proxy } = await behindProxy();
  for (let outage = 0; outage < 2 * max; outage += 1) {
    await db.execute(sql`select 1`);
    proxy.cut();
    await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow();
    proxy.restore();
  }
  const [answer] = await db.transaction((tx) => queryRows(tx, sql`select 1 as one`));
  expect(answer).toEqual({ one: 1 });
});

test("a connection that is lost in a transaction is replaced, and nothing of it stays", async () => {
  const { db, proxy } = await behindProxy();
  for (let outage = 0; outage < 2 * max; outage += 1) {
    const lost = db.transaction(async (tx) => {
      await tx.execute(sql`insert into settings (key, value) values ('lost', '1')`);
      proxy.cut();
      await tx.execute(sql`select 1`);
    });
    await expect(lost).rejects.toThrow();
    proxy.restore();
  }
  expect(await queryRows(db, sql`select key from settings where key = 'lost'`)).toEqual([]);
});

test("a transaction that is refused by what it asked keeps its connection", async () => {
  const { db } = await behindProxy();
  const pid = async () => (await queryRows<{ pid: number }>(db, sql`select pg_backend_pid() as pid`))[0]?.pid;
  const before = await pid();
  await expect(db.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow();
  await expect(db.transaction(() => Promise.reject(new Error("changed our mind")))).rejects.toThrow(
    "changed our mind",
  );
  expect(await pid()).toBe(before);
});

test("as many transactions at once as there are connections, and more, all come to an end", async () => {
  const { db } = await behindProxy();
  const all = await Promise.all(
    Array.from({ length: 4 * max }, (_, n) =>
      db.transaction((tx) => queryRows(tx, sql`select ${n}::int as n`)),
    ),
  );
  expect(all.flat()).toEqual(Array.from({ length: 4 * max }, (_, n) => ({ n })));
});

test("a nested transaction that fails takes back its own part alone", async () => {
  const { db } = await behindProxy();
  await db.transaction(async (tx) => {
    await tx.execute(sql`insert into settings (key, value) values ('outer', '1')`);
    const inner = tx.transaction(async (nested) => {
      await nested.execute(sql`insert into settings (key, value) values ('inner', '1')`);
      throw new Error("inner");
    });
    await expect(inner).rejects.toThrow("inner");
  });
  const stored = await queryRows(db, sql`select key from settings where key in ('outer', 'inner')`);
  expect(stored).toEqual([{ key: "outer" }]);
});

test("our names mean the tables of public, even where a schema is named like the user", async () => {
  const named = await testDatabase();
  await named.sql.unsafe(
    "create schema if not exists authorization current_user; create table campaigns (decoy integer)",
  );
  const [decoy] = await named.sql`select 'campaigns'::regclass = 'public.campaigns'::regclass as ours`;
  expect(decoy).toEqual({ ours: false });
  const { db, close } = connect(named.url, { max });
  onTestFinished(close);
  const look = () =>
    queryRows(
      db,
      sql`select 'campaigns'::regclass = 'public.campaigns'::regclass as ours, current_setting('TimeZone') as zone`,
    );
  const looks = await Promise.all([look(), look()]);
  expect(looks).toEqual([[{ ours: true, zone: "UTC" }], [{ ours: true, zone: "UTC" }]]);
});
