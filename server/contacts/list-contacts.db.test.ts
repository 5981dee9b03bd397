// The list of contacts: search, filters, orders, pages; and that none of them reads every contact to show fifty.
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { queryRows, type Transaction } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { createCategory } from "#server/categories/create-category.ts";
import { listContacts } from "#server/contacts/list-contacts.ts";
import type { ContactPage } from "#server/contacts/views.ts";
import type { ContactFilter, ContactSort } from "#server/domain/inputs.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeContact, makeContacts, makeEnv } from "#server/testing/factories.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const { db } = await testDatabase();
const env = makeEnv();

type Query = { filter?: ContactFilter; sort?: ContactSort; after?: string | null; before?: string | null };
const list = (user: SignedInUser, { filter = {}, ...query }: Query = {}) =>
  listContacts(db, { user, env, filter, ...query });
const idsOf = ({ rows }: ContactPage) => rows.map(({ id }) => id);

/** Every page from the first to the last. */
async function walk(user: SignedInUser, query: Query): Promise<ContactPage[]> {
  const pages = [await list(user, query)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await list(user, { ...query, after: next }));
  }
  return pages;
}

describe("pages", () => {
  test.each(["recent", "name", "inbound"] as const)(
    "of fifty by %s hold everybody once, there and back",
    async (sort) => {
      const user = await makeSignedIn(db);
      const ids = await makeContacts(db, 120, { createdBy: user.id });
      // ties in every order: a few names, half of them never wrote, the others in two moments
      await db.execute(sql`update contacts set first_name = (array['Ana', 'ÉLODIE', 'zoé'])[1 + id % 3], last_name = null,
      last_inbound_at = case when id % 2 = 0 then now() - (id % 4) * interval '1 microsecond' end where created_by = ${user.id}`);
      const pages = await walk(user, { sort });
      expect(pages.map(({ rows }) => rows.length)).toEqual([50, 50, 20]);
      expect(pages.flatMap(idsOf).toSorted((a, b) => a - b)).toEqual(ids);
      const last = pages[2] as ContactPage;
      const back = await list(user, { sort, before: last.previous });
      expect(idsOf(back)).toEqual(idsOf(pages[1] as ContactPage));
      expect(idsOf(await list(user, { sort, before: back.previous }))).toEqual(
        idsOf(pages[0] as ContactPage),
      );
      expect(pages[0]).toMatchObject({ previous: null, total: 120, totalIsMore: false });
    },
  );

  test("of which the last became empty give the one before it, and a cursor that is none the first", async () => {
    const user = await makeSignedIn(db);
    const ids = await makeContacts(db, 51, { createdBy: user.id });
    const { next } = await list(user);
    await db.execute(sql`delete from contacts where id = ${ids[0]}`);
    const page = await list(user, { after: next });
    expect(idsOf(page)).toEqual(ids.slice(1).toReversed());
    expect(page).toMatchObject({ next: null, previous: null });
    for (const after of ["x", "0_", "1_2026-99-99 99:99:99+00", "1_", "99999999999999999999"]) {
      expect((await list(user, { after, sort: "inbound" })).rows).toHaveLength(50);
    }
  });

  test("count up to a thousand and say that there are more", async () => {
    const user = await makeSignedIn(db);
    await makeContacts(db, 1001, { createdBy: user.id });
    expect(await list(user)).toMatchObject({ total: 1000, totalIsMore: true });
  });
});

test("by name, accents and capitals are no matter, and who has none comes last", async () => {
  const user = await makeSignedIn(db);
  for (const [firstName, lastName] of [
    [null, null],
    ["Zoé", null],
    ["élodie", "B"],
    ["Elodie", "A"],
    [null, "Marc"],
  ]) {
    await makeContact(db, { createdBy: user.id, firstName, lastName });
  }
  const { rows } = await list(user, { sort: "name" });
  expect(rows.map(({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(" "))).toEqual([
    "Elodie A",
    "élodie B",
    "Marc",
    "Zoé",
    "",
  ]);
});

const searcher = await makeSignedIn(db);

describe("a search", () => {
  beforeAll(async () => {
    const add = (fullNumber: string, firstName: string, lastName: string) =>
      makeContact(db, { createdBy: searcher.id, fullNumber, firstName, lastName });
    await add("+33644556677", "Élodie", "Martin");
    await add("+33644556688", "Jean", "Martinez_50%");
    await add("+33711223344", "Cœur", "De Sá");
  });

  test.each([
    ["martin", ["Jean", "Élodie"]],
    ["martin élo", ["Élodie"]],
    ["ELODIE", ["Élodie"]],
    ["élodie", ["Élodie"]],
    ["coeur", ["Cœur"]],
    ["06 44 55 66 77", ["Élodie"]],
    ["+33644556688", ["Jean"]],
    ["0033 6 44", ["Jean", "Élodie"]],
    ["50%", ["Jean"]],
    ["z_5", ["Jean"]],
    ["_%_", []],
    ["de", ["Cœur"]],
    ["je", ["Jean"]],
    ["a", []],
    ["ma jean", ["Jean"]],
    ["' or 1=1 --", []],
    ["\\", []],
  ])("for %j finds %j", async (search, expected) => {
    const { rows } = await list(searcher, { filter: { search } });
    expect(rows.map(({ firstName }) => firstName)).toEqual(expected);
  });
});

const filterer = await makeSignedIn(db);
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const make = (patch: Parameters<typeof makeContact>[1]) =>
  makeContact(db, { createdBy: filterer.id, ...patch });
const member = await make({ sandboxJoinedAt: ago(1), lastInboundAt: ago(1) });
const expiring = await make({ sandboxJoinedAt: ago(70), lastInboundAt: ago(2) });
const expired = await make({ sandboxJoinedAt: ago(80), lastInboundAt: ago(20) });
const rejoined = await make({ sandboxJoinedAt: ago(200), lastInboundAt: ago(30) });
const left = await make({ sandboxJoinedAt: ago(10), sandboxLeftAt: ago(5), optedOutAt: ago(5) });
const unknown = await make({ flag: "invalid_number" });

describe("a filter", () => {
  test.each([
    [{ state: "member" }, [rejoined, member]],
    [{ state: "expiring" }, [expiring]],
    [{ state: "expired" }, [expired]],
    [{ state: "left" }, [left]],
    [{ state: "unknown" }, [unknown]],
    [{ situation: "window_open" }, [expired, expiring, member]],
    [{ situation: "in_sandbox" }, [rejoined, expiring, member]],
    [{ situation: "to_rejoin" }, [expired]],
    [{ situation: "opted_out" }, [left]],
    [{ situation: "flagged" }, [unknown]],
    [{ situation: "window_open", state: "expired" }, [expired]],
  ] as const)("[EX-7.4] %j shows those alone", async (filter, expected) => {
    expect(idsOf(await list(filterer, { filter }))).toEqual(expected);
  });

  test("by category shows its contacts, each with all of its categories", async () => {
    const { id: clients } = await createCategory(db, { user: filterer, name: "Clients", color: "#22aa66" });
    const { id: team } = await createCategory(db, { user: filterer, name: "Équipe", color: "#3366cc" });
    await db.execute(sql`insert into category_contacts (category_id, contact_id)
      values (${team}, ${member}), (${clients}, ${member}), (${team}, ${left})`);
    const page = await list(filterer, { filter: { categoryId: clients } });
    expect(page).toMatchObject({
      total: 1,
      rows: [{ id: member, categories: [{ name: "Clients", color: "#22aa66" }, { name: "Équipe" }] }],
    });
  });
});

describe("with a hundred thousand contacts", () => {
  let [boss, small] = [] as SignedInUser[];

  beforeAll(async () => {
    [boss, small] = [await makeSignedIn(db, "super_admin"), await makeSignedIn(db)];
    const crowd = await makeSignedIn(db);
    await db.execute(sql`insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by,
        sandbox_joined_at, last_inbound_at, opted_out_at)
      select '7' || n, '+33', '+337' || lpad(n::text, 8, '0'), md5(n::text), md5((n * 7)::text),
        case when n % 5000 = 0 then ${small.id}::int else ${crowd.id}::int end,
        case when n % 1000 = 0 then now() - interval '1 hour' end, case when n % 1000 = 0 then now() - interval '1 hour' end,
        case when n % 2000 = 0 then now() end
      from generate_series(1, 100000) n`);
    await db.execute(sql`analyze contacts`);
  }, 120_000);

  const cases: [string, Query][] = [
    ["the first page", {}],
    ["by name", { sort: "name" }],
    ["by last message", { sort: "inbound" }],
    ["a far page", { after: "5000" }],
    ["a word", { filter: { search: "abcd" } }],
    ["a number", { filter: { search: "07 00 01 23 45" } }],
    ["two letters", { filter: { search: "zz" } }],
    ["members", { filter: { state: "member" } }],
    ["members, for long or not", { filter: { situation: "in_sandbox" } }],
    ["left", { filter: { state: "left" } }],
    ["open windows", { filter: { situation: "window_open" } }],
    ["opted out", { filter: { situation: "opted_out" } }],
    ["to be corrected", { filter: { situation: "flagged" } }],
  ];

  test.each(cases)("%s is found without reading them all", async (_, query) => {
    for (const user of [boss, small] as SignedInUser[]) {
      const read = await db.transaction(async (tx) => {
        const before = await contactsRead(tx);
        await listContacts(tx, { user, env, filter: {}, ...query });
        return (await contactsRead(tx)) - before;
      });
      expect(read).toBeLessThan(10_000);
    }
  });

  /** By scans and by way of indexes, so far. */
  async function contactsRead(tx: Transaction): Promise<number> {
    const [read] = await queryRows<{ rows: number }>(
      tx,
      sql`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables
        where relname = 'contacts'`,
    );
    return read?.rows ?? 0;
  }
});
