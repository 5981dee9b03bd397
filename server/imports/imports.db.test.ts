// A CSV file from its bytes to contacts (Exigence: previous system 2): dry run, corrections, import, undo.
import { asc, eq, inArray, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { categories, categoryContacts, contacts, erasedNumbers } from "#db/schema/contacts.ts";
import { importRows, imports } from "#db/schema/imports.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { editImportRow } from "#server/imports/edit-import-row.ts";
import { failStuckImports } from "#server/imports/fail-stuck-imports.ts";
import { getImport, listImportRows } from "#server/imports/queries.ts";
import { refusedLines } from "#server/imports/refused-lines.ts";
import { retryImport } from "#server/imports/retry-import.ts";
import { runImport, startImport } from "#server/imports/run-import.ts";
import { undoImport } from "#server/imports/undo-import.ts";
import { numberHash } from "#server/privacy/number-hash.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeContact, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const { db } = await testDatabase();

let numbers = 0;
/** A French mobile number nobody has yet. */
const fresh = () => {
  numbers += 1;
  return `+33699${String(700_000 + numbers)}`;
};

async function waitingForALock(): Promise<number | undefined> {
  const [waiting] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting?.count;
}

type Options = { categoryIds?: number[]; country?: string | null };

/** Uploads a text and has it checked with the columns that were guessed. */
async function dryRun(text: string | Buffer, { categoryIds = [], country = "FR" }: Options = {}) {
  const user = await makeSignedIn(db);
  const { id } = await createImport(db, {
    user,
    fileName: "contacts.csv",
    bytes: Buffer.from(text as string),
  });
  const { settings } = await getImport(db, { user, id });
  const { number } = settings.columns;
  if (number === undefined) throw new Error("no column of numbers found");
  const columns = {
    dialCode: undefined,
    firstName: undefined,
    lastName: undefined,
    ...settings.columns,
    number,
  };
  await configureImport(db, { user, id, hasHeader: settings.hasHeader, country, columns, categoryIds });
  await checkImport(db, id);
  return { user, id, settings, rows: async () => (await listImportRows(db, { user, id, page: 1 })).rows };
}

async function carryOut({ user, id }: { user: Awaited<ReturnType<typeof makeSignedIn>>; id: number }) {
  await startImport(db, { user, id });
  await runImport(db, id, makeEnv());
  return getImport(db, { user, id });
}

describe("a file", () => {
  const cells = (number: string) => [
    ["Prénom", "Nom", "Téléphone"],
    ["Zoé", "Lefèvre", number],
  ];
  const csv = (number: string, delimiter: string) =>
    cells(number)
      .map((line) => line.join(delimiter))
      .join("\r\n");

  test.each([
    [";", "utf-8", (text: string) => Buffer.from(text, "utf8")],
    [",", "utf-8", (text: string) => Buffer.from(`\ufeff${text}`, "utf8")],
    ["\t", "windows-1252", (text: string) => Buffer.from(text, "latin1")],
    ["\t", "utf-16le", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ] as const)("separated by %j in %s is understood, accents and all", async (delimiter, encoding, encode) => {
    const number = fresh();
    const { settings, rows } = await dryRun(encode(csv(number, delimiter)));
    expect(settings).toMatchObject({ delimiter, encoding, hasHeader: true });
    expect(await rows()).toMatchObject([
      { line: 2, verdict: "accepted", cells: { firstName: "Zoé", lastName: "Lefèvre" }, fullNumber: number },
    ]);
  });

  test("without a header, with quotes, line breaks in cells and blank lines", async () => {
    const [one, two] = [fresh(), fresh()];
    const { rows } = await dryRun(
      `"Roy; père","${one}"\n\n;\n"Ana\n""la"" grande",${two}`.replaceAll(",", ";"),
    );
    expect((await rows()).map(({ fullNumber }) => fullNumber)).toEqual([one, two]);
  });

  test("with a quote that never closes says where, and refuses that line alone", async () => {
    const { rows } = await dryRun(`nom;tel\nRoy;${fresh()}\n"Ana;${fresh()}\nBob;${fresh()}`);
    expect((await rows()).map(({ line, verdict, reason }) => [line, reason ?? verdict])).toEqual([
      [2, "accepted"],
      [3, "open_quote"],
    ]);
  });

  test("that is empty, or no text, is refused", async () => {
    const user = await makeSignedIn(db);
    const refusal = (bytes: Buffer) =>
      createImport(db, { user, fileName: null, bytes }).then(
        () => "taken",
        (error: { code?: string }) => error.code,
      );
    expect(await refusal(Buffer.from("\n \n"))).toBe("import.empty");
    expect(await refusal(Buffer.from("PK\u0003\u0004xlsx"))).toBe("import.not_text");
    expect(await refusal(Buffer.from([1, 0, 2]))).toBe("import.not_text");
  });
});

describe("the dry run", () => {
  test("says of every line what becomes of it, and changes nothing", async () => {
    const [fine, twice] = [fresh(), fresh()];
    const other = fresh();
    await makeContact(db, { fullNumber: other });
    const { rows, user, id } = await dryRun(
      ["tel", fine, twice.replace("+33", "0"), twice, "6.399E+08", "12", other, "699123456.0"].join("\n"),
    );
    expect((await rows()).map(({ line, verdict, reason }) => [line, verdict, reason])).toEqual([
      [2, "accepted", null],
      [3, "accepted", null],
      [4, "refused", "duplicate_in_file"],
      [5, "refused", "spreadsheet_number"],
      [6, "refused", "invalid_phone"],
      [7, "refused", "managed_by_other"],
      [8, "repaired", null],
    ]);
    expect((await getImport(db, { user, id })).counts).toEqual({
      accepted: 2,
      repaired: 1,
      refused: 4,
      known: 0,
    });
    expect(await db.select().from(contacts).where(eq(contacts.fullNumber, fine))).toEqual([]);
  });

  test("a cell can be corrected, and what was its duplicate stands by itself then", async () => {
    const [number, other] = [fresh(), fresh()];
    const { user, id, rows } = await dryRun(`tel\n${number}\n${number}\nzéro six`);
    await editImportRow(db, { user, id, line: 4, values: { number: other } });
    await editImportRow(db, { user, id, line: 2, values: { number: fresh() } });
    expect((await rows()).map(({ verdict }) => verdict)).toEqual(["accepted", "accepted", "accepted"]);
    await editImportRow(db, { user, id, line: 3, values: { number: other } });
    expect((await rows()).map(({ verdict, reason }) => reason ?? verdict)).toEqual([
      "accepted",
      "accepted",
      "duplicate_in_file",
    ]);
  });

  test("of an older choice of columns writes nothing any more", async () => {
    const dry = await dryRun(`tel,portable\n${fresh()},${fresh()}`);
    await db.update(imports).set({ status: "checking" }).where(eq(imports.id, dry.id));
    const older = await db.transaction(async (tx) => {
      await tx.execute(sql`delete from import_rows where import_id = ${dry.id}`);
      await tx.execute(sql`
        update imports set settings = jsonb_set(settings, '{columns,number}', '1') where id = ${dry.id}`);
      const check = checkImport(db, dry.id);
      await vi.waitFor(async () => expect(await waitingForALock()).toBe(1), { timeout: 10_000 });
      return { check };
    });
    await older.check;
    expect(await dry.rows()).toEqual([]);
    expect(await getImport(db, dry)).toMatchObject({ status: "checking" });
  });

  test("with other columns begins anew", async () => {
    const [a, b] = [fresh(), fresh()];
    const { user, id, rows } = await dryRun(`tel,portable\n${a},${b}`);
    const columns = { number: 1, dialCode: undefined, firstName: undefined, lastName: undefined };
    await configureImport(db, { user, id, hasHeader: true, country: "FR", columns, categoryIds: [] });
    await checkImport(db, id);
    expect(await rows()).toMatchObject([{ fullNumber: b }]);
  });
});

describe("the import", () => {
  test("makes the contacts with their categories, once, and adds the categories to those that were there", async () => {
    const numbersOfFile = [fresh(), fresh()];
    const [category] = await db
      .insert(categories)
      .values({ name: "Import" })
      .returning({ id: categories.id });
    const categoryId = category?.id as number;
    const dry = await dryRun(`prénom,tel\nAna,${numbersOfFile[0]}\nBob,${numbersOfFile[1]}\nX,rien`);
    await db.update(categories).set({ createdBy: dry.user.id }).where(eq(categories.id, categoryId));
    await db
      .insert(contacts)
      .values({ phoneNumber: "1", countryCode: "+33", fullNumber: fresh(), createdBy: dry.user.id });
    const { settings } = await getImport(db, dry);
    const columns = { dialCode: undefined, lastName: undefined, firstName: 0, number: 1 };
    await configureImport(db, {
      ...dry,
      hasHeader: settings.hasHeader,
      country: "FR",
      columns,
      categoryIds: [categoryId],
    });
    await checkImport(db, dry.id);
    const done = await carryOut(dry);
    expect(done).toMatchObject({ status: "done", imported: 2 });
    await runImport(db, dry.id, makeEnv());
    const made = await db
      .select()
      .from(contacts)
      .where(inArray(contacts.fullNumber, numbersOfFile))
      .orderBy(asc(contacts.id));
    expect(made.map(({ firstName, createdBy, importId }) => [firstName, createdBy, importId])).toEqual([
      ["Ana", dry.user.id, dry.id],
      ["Bob", dry.user.id, dry.id],
    ]);
    const links = await db.select().from(categoryContacts).where(eq(categoryContacts.categoryId, categoryId));
    expect(links.map(({ contactId }) => contactId).sort()).toEqual(made.map(({ id }) => id).sort());
  });

  test("stopped in the middle goes on where it was", async () => {
    const dry = await dryRun(`tel\n${fresh()}\n${fresh()}\n${fresh()}`);
    await startImport(db, dry);
    await db.execute(sql`
      with made as (insert into contacts (phone_number, country_code, full_number, created_by, import_id)
        select national_number, country_code, full_number, ${dry.user.id}::int, import_id from import_rows
        where import_id = ${dry.id} and line = 2 returning id)
      update import_rows set contact_id = (select id from made) where import_id = ${dry.id} and line = 2`);
    await Promise.all([runImport(db, dry.id, makeEnv()), runImport(db, dry.id, makeEnv())]);
    const made = await db.select().from(contacts).where(eq(contacts.importId, dry.id));
    expect(made).toHaveLength(3);
  });

  test("a number taken by another admin since the dry run is refused, the others are not", async () => {
    const [mine, taken] = [fresh(), fresh()];
    const dry = await dryRun(`tel\n${mine}\n${taken}`);
    await makeContact(db, { fullNumber: taken });
    await carryOut(dry);
    expect((await dry.rows()).map(({ verdict, reason }) => reason ?? verdict)).toEqual([
      "accepted",
      "managed_by_other",
    ]);
  });

  test("brings a deleted contact back, whose opt-out stays", async () => {
    const number = fresh();
    const contactId = await makeContact(db, {
      fullNumber: number,
      deletedAt: new Date(),
      optedOutAt: new Date(),
    });
    const dry = await dryRun(`tel\n${number}`);
    await carryOut(dry);
    const [back] = await db.select().from(contacts).where(eq(contacts.id, contactId));
    expect(back).toMatchObject({ deletedAt: null, createdBy: dry.user.id });
    expect(back?.optedOutAt).not.toBeNull();
  });

  test("a number that was erased comes back silent, the others do not", async () => {
    const [erased, other] = [fresh(), fresh()];
    await db.insert(erasedNumbers).values({ hash: numberHash(makeEnv().erasureKey, erased) });
    const dry = await dryRun(`tel\n${erased}\n${other}`);
    await carryOut(dry);
    const made = await db.select().from(contacts).where(eq(contacts.importId, dry.id)).orderBy(contacts.id);
    expect(made.map(({ fullNumber, optedOutAt }) => [fullNumber, optedOutAt !== null])).toEqual([
      [erased, true],
      [other, false],
    ]);
  });
});

describe("undone", () => {
  test("it takes its contacts back, but for those that have a message", async () => {
    const [gone, kept] = [fresh(), fresh()];
    const dry = await dryRun(`tel\n${gone}\n${kept}`);
    await carryOut(dry);
    const { messageIds } = await makeLaunched(db, 1);
    await db.execute(sql`
      update messages set contact_id = (select id from contacts where full_number = ${kept}) where id = ${messageIds[0]}`);
    expect(await undoImport(db, dry)).toEqual({ removed: 1, kept: 1 });
    const left = await db
      .select()
      .from(contacts)
      .where(inArray(contacts.fullNumber, [gone, kept]));
    expect(left.map(({ fullNumber }) => fullNumber)).toEqual([kept]);
    await expect(undoImport(db, dry)).rejects.toMatchObject({ code: "import.wrong_status" });
  });
});

describe("an import nobody works on any more", () => {
  const stuck = async (status: "checking" | "importing") => {
    const dry = await dryRun(`tel\n${fresh()}\n${fresh()}`);
    await db.execute(
      sql`delete from graphile_worker._private_jobs where payload ->> 'importId' = ${String(dry.id)}`,
    );
    await db.update(imports).set({ status }).where(eq(imports.id, dry.id));
    return dry;
  };
  const statusOf = async (dry: { user: SignedInUser; id: number }) => {
    await failStuckImports(db);
    const { status, error } = await getImport(db, dry);
    return { status, error };
  };

  test("has failed, and is checked again when asked to", async () => {
    const dry = await stuck("checking");
    expect(await statusOf(dry)).toEqual({ status: "failed", error: "check" });
    await retryImport(db, dry);
    expect(await statusOf(dry)).toEqual({ status: "checking", error: null });
    await checkImport(db, dry.id);
    expect(await statusOf(dry)).toEqual({ status: "ready", error: null });
    await expect(retryImport(db, dry)).rejects.toMatchObject({ code: "import.wrong_status" });
  });

  test("half-way goes on when asked to, or is taken back", async () => {
    const dry = await stuck("importing");
    expect(await statusOf(dry)).toEqual({ status: "failed", error: "run" });
    await retryImport(db, dry);
    await runImport(db, dry.id, makeEnv());
    expect(await statusOf(dry)).toEqual({ status: "done", error: null });
    const other = await stuck("importing");
    await statusOf(other);
    expect(await undoImport(db, other)).toEqual({ removed: 0, kept: 0 });
  });

  test("is one whose job has failed as often as it may, and not one whose job will be tried again", async () => {
    const dry = await stuck("checking");
    await db.execute(sql`
      select graphile_worker.add_job('check_import', payload := ${JSON.stringify({ importId: dry.id })}::json)`);
    const job = sql`graphile_worker._private_jobs set attempts = `;
    const ofIt = sql`where payload ->> 'importId' = ${String(dry.id)}`;
    await db.execute(sql`update ${job} max_attempts - 1 ${ofIt}`);
    expect(await statusOf(dry)).toMatchObject({ status: "checking" });
    await db.execute(sql`update ${job} max_attempts, locked_at = now() ${ofIt}`);
    expect(await statusOf(dry)).toMatchObject({ status: "checking" });
    await db.execute(sql`update ${job} max_attempts, locked_at = null ${ofIt}`);
    expect(await statusOf(dry)).toEqual({ status: "failed", error: "check" });
  });
});

test("an import of somebody else is not found, and a step out of turn is refused", async () => {
  const { id, user } = await dryRun(`tel\n${fresh()}`);
  const stranger = await makeSignedIn(db);
  const theirs = { user: stranger, id };
  const columns = { number: 0, dialCode: undefined, firstName: undefined, lastName: undefined };
  for (const attempt of [
    () => getImport(db, theirs),
    () => listImportRows(db, { ...theirs, page: 1 }),
    () => refusedLines(db, { ...theirs, after: 0 }),
    () => configureImport(db, { ...theirs, columns, hasHeader: true, country: "FR", categoryIds: [] }),
    () => editImportRow(db, { ...theirs, line: 2, values: { number: fresh() } }),
    () => startImport(db, theirs),
    () => retryImport(db, theirs),
    () => undoImport(db, theirs),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "import.not_found" });
  }
  await expect(undoImport(db, { user, id })).rejects.toMatchObject({ code: "import.wrong_status" });
});

test("100,000 lines are checked and imported", async () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `Prénom${n};0${612_000_000 + n}`);
  const dry = await dryRun(`prénom;tel\n${lines.join("\n")}`);
  const ready = await getImport(db, dry);
  expect(ready).toMatchObject({ status: "ready", total: 100_000, checked: 100_000 });
  expect(ready.counts.accepted).toBe(100_000);
  expect(await carryOut(dry)).toMatchObject({ status: "done", imported: 100_000 });
  const [first] = await db.select().from(importRows).where(eq(importRows.importId, dry.id)).limit(1);
  expect(first?.contactId).not.toBeNull();
}, 120_000);
