// A CSV file from its bytes to contacts (Exigence: previous system 2): dry run, corrections, import, undo.
import { asc, eq, inArray, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { categories, categoryContacts, contacts, erasedNumbers } from "#db/schema/contacts.ts";
import { type ImportStatus, imports } from "#db/schema/imports.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { hostileCounts, hostileFile } from "#e2e/hostile-file.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { editImportRow } from "#server/imports/edit-import-row.ts";
import { failStuckImports } from "#server/imports/fail-stuck-imports.ts";
import { forgetImport } from "#server/imports/forget-imports.ts";
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

async function makeCategory(user: SignedInUser): Promise<number> {
  const [made] = await db
    .insert(categories)
    .values({ name: "Import", createdBy: user.id })
    .returning({ id: categories.id });
  return made?.id as number;
}

type Options = { user?: SignedInUser; categoryIds?: number[]; country?: string | null };

/** Uploads a text and has it checked with the columns that were guessed. */
async function dryRun(text: string | Buffer, { categoryIds = [], country = "FR", ...by }: Options = {}) {
  const user = by.user ?? (await makeSignedIn(db));
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

  const verdictsOf = async (dry: Awaited<ReturnType<typeof dryRun>>) =>
    (await dry.rows()).map(({ verdict, reason }) => reason ?? verdict);
  const membersOf = async (categoryId: number) => {
    const links = await db
      .select({ number: contacts.fullNumber })
      .from(categoryContacts)
      .innerJoin(contacts, eq(contacts.id, categoryContacts.contactId))
      .where(eq(categoryContacts.categoryId, categoryId))
      .orderBy(asc(contacts.fullNumber));
    return links.map(({ number }) => number);
  };
  const withCategory = async (text: string, user: SignedInUser) => {
    const categoryId = await makeCategory(user);
    return { ...(await dryRun(text, { user, categoryIds: [categoryId] })), categoryId };
  };

  test("a number added since the dry run is known when the same admin did it, and refused when another did", async () => {
    const user = await makeSignedIn(db);
    const [fine, mine, taken] = [fresh(), fresh(), fresh()];
    const dry = await withCategory(`tel\n${fine}\n${mine}\n${taken}`, user);
    await makeContact(db, { fullNumber: mine, createdBy: user.id });
    await makeContact(db, { fullNumber: taken });
    expect(await carryOut(dry)).toMatchObject({
      imported: 1,
      counts: { accepted: 1, known: 1, refused: 1, repaired: 0 },
    });
    expect(await verdictsOf(dry)).toEqual(["accepted", "known", "managed_by_other"]);
    expect(await membersOf(dry.categoryId)).toEqual([fine, mine]);
  });

  test("contacts that were known and are gone since the dry run are told, and the others get the categories", async () => {
    const user = await makeSignedIn(db);
    const [erased, marked, again] = [fresh(), fresh(), fresh()];
    const [renumbered, lost, left] = [fresh(), fresh(), fresh()];
    const all = [erased, marked, again, renumbered, lost, left];
    for (const fullNumber of all) await makeContact(db, { fullNumber, createdBy: user.id });
    const dry = await withCategory(["tel", ...all].join("\n"), user);
    expect((await getImport(db, dry)).counts.known).toBe(6);
    const [gone, deletedAt] = [[erased, again, lost], new Date()];
    await db.delete(contacts).where(inArray(contacts.fullNumber, gone));
    await db.update(contacts).set({ deletedAt }).where(eq(contacts.fullNumber, marked));
    await db.update(contacts).set({ fullNumber: fresh() }).where(eq(contacts.fullNumber, renumbered));
    await makeContact(db, { fullNumber: again, createdBy: user.id });
    await makeContact(db, { fullNumber: lost });
    expect(await carryOut(dry)).toMatchObject({
      status: "done",
      imported: 0,
      counts: { known: 2, refused: 4 },
    });
    expect(await verdictsOf(dry)).toEqual([
      "gone_since",
      "gone_since",
      "known",
      "gone_since",
      "managed_by_other",
      "known",
    ]);
    expect(await membersOf(dry.categoryId)).toEqual([again, left]);
  });

  test("a contact deleted while a stopped import waits stays deleted, and does not stop it again", async () => {
    const user = await makeSignedIn(db);
    const [first, second] = [fresh(), fresh()];
    const dry = await withCategory(`tel\n${first}\n${second}`, user);
    await startImport(db, dry);
    await db.execute(
      sql`update import_rows set contact_id = 2147483647 where import_id = ${dry.id} and line = 2`,
    );
    await runImport(db, dry.id, makeEnv());
    expect(await getImport(db, dry)).toMatchObject({ status: "done" });
    expect(await membersOf(dry.categoryId)).toEqual([second]);
  });

  test("a number that is just being added is waited for: the adder's own import knows it, another's does not", async () => {
    const [adder, other] = [await makeSignedIn(db), await makeSignedIn(db)];
    const number = fresh();
    const mine = await withCategory(`tel\n${number}`, adder);
    const theirs = await withCategory(`tel\n${number}`, other);
    await startImport(db, mine);
    await startImport(db, theirs);
    const { runs } = await db.transaction(async (tx) => {
      await makeContact(tx, { fullNumber: number, createdBy: adder.id });
      const runs = [runImport(db, mine.id, makeEnv()), runImport(db, theirs.id, makeEnv())];
      await vi.waitFor(async () => expect(await waitingForALock()).toBe(2), { timeout: 10_000 });
      return { runs };
    });
    await Promise.all(runs);
    expect([await verdictsOf(mine), await verdictsOf(theirs)]).toEqual([["known"], ["managed_by_other"]]);
    expect([await membersOf(mine.categoryId), await membersOf(theirs.categoryId)]).toEqual([[number], []]);
  });

  test("the same file twice at once, in two orders, makes each contact once", async () => {
    const user = await makeSignedIn(db);
    const list = Array.from({ length: 300 }, fresh);
    const twice = [
      await withCategory(`tel\n${list.join("\n")}`, user),
      await withCategory(`tel\n${list.toReversed().join("\n")}`, user),
    ];
    const done = await Promise.all(twice.map(carryOut));
    const sum = (name: "accepted" | "known") => done.reduce((all, { counts }) => all + counts[name], 0);
    expect([sum("accepted"), sum("known")]).toEqual([300, 300]);
    for (const { categoryId } of twice) expect(await membersOf(categoryId)).toEqual(list);
  });

  test("a contact that is just being deleted is waited for, and gets no category", async () => {
    const user = await makeSignedIn(db);
    const number = fresh();
    const contactId = await makeContact(db, { fullNumber: number, createdBy: user.id });
    const dry = await withCategory(`tel\n${number}`, user);
    await startImport(db, dry);
    const { run } = await db.transaction(async (tx) => {
      await tx.update(contacts).set({ deletedAt: new Date() }).where(eq(contacts.id, contactId));
      const run = runImport(db, dry.id, makeEnv());
      await vi.waitFor(async () => expect(await waitingForALock()).toBe(1), { timeout: 10_000 });
      return { run };
    });
    await run;
    expect(await membersOf(dry.categoryId)).toEqual([]);
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
  test("it leaves who opted out meanwhile", async () => {
    const [gone, stopped] = [fresh(), fresh()];
    const dry = await dryRun(`tel\n${gone}\n${stopped}`);
    await carryOut(dry);
    await db.update(contacts).set({ optedOutAt: new Date() }).where(eq(contacts.fullNumber, stopped));
    expect(await undoImport(db, dry)).toEqual({ removed: 1, kept: 1 });
  });

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

  test("it keeps neither its file nor its lines, and still says what happened", async () => {
    const dry = await dryRun(`tel\n${fresh()}\n639999999.0\nrien`);
    await carryOut(dry);
    await undoImport(db, dry);
    expect(await traces(dry.id)).toEqual({ file: false, samples: false, lines: 0 });
    expect(await getImport(db, dry)).toMatchObject({
      status: "undone",
      hasLines: false,
      total: 3,
      counts: { accepted: 1, repaired: 1, refused: 1, known: 0 },
      takenBack: { removed: 2, kept: 0 },
    });
    expect(await refusedLines(db, { ...dry, after: 0 })).toEqual({ rows: [], next: null });
  });
});

/** What of the file is still in the database. */
async function traces(importId: number) {
  const [left] = await queryRows<{ file: boolean; samples: boolean; lines: number }>(
    db,
    sql`select file is not null as file, settings -> 'samples' <> '[]' as samples,
      (select count(*)::int from import_rows where import_id = ${importId}) as lines
      from imports where id = ${importId}`,
  );
  return left ?? null;
}

describe("an old import", () => {
  const whole = { file: true, samples: true, lines: 2 };
  const bare = { file: false, samples: false, lines: 0 };
  const aged = async (status: ImportStatus, days: number) => {
    const dry = await dryRun(`tel\n${fresh()}\nrien`);
    const at = sql`now() - ${days} * interval '1 day' - interval '1 minute'`;
    await db
      .update(imports)
      .set({ status, error: "run", createdAt: at, finishedAt: at })
      .where(eq(imports.id, dry.id));
    return dry;
  };
  const forgetAll = async () => {
    while (await forgetImport(db));
  };

  test.each([
    ["mapping", 6, whole],
    ["mapping", 7, null],
    ["ready", 6, whole],
    ["ready", 7, null],
    ["failed", 6, whole],
    ["failed", 7, bare],
    ["done", 29, whole],
    ["done", 30, bare],
    ["undone", 0, bare],
    ["checking", 90, whole],
    ["importing", 90, whole],
  ] as const)("that is %s for %d days leaves %j", async (status, days, left) => {
    const { id } = await aged(status, days);
    await forgetAll();
    expect(await traces(id)).toEqual(left);
    await db.delete(imports).where(eq(imports.id, id));
  });

  test("that failed cannot be tried again without its lines, but taken back, and its figures stay", async () => {
    const dry = await aged("failed", 7);
    await forgetAll();
    await expect(retryImport(db, dry)).rejects.toMatchObject({ code: "import.wrong_status" });
    const counts = { accepted: 1, repaired: 0, refused: 1, known: 0 };
    expect(await getImport(db, dry)).toMatchObject({ hasLines: false, counts });
    await undoImport(db, dry);
    expect(await getImport(db, dry)).toMatchObject({ counts, takenBack: { removed: 0, kept: 0 } });
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

test("100,000 hostile lines are judged one by one and imported", async () => {
  const { lines, accepted, repaired, refused } = hostileCounts;
  const dry = await dryRun(hostileFile());
  const reasons = await queryRows<{ reason: string; count: number }>(
    db,
    sql`select reason, count(*)::int as count from import_rows
      where import_id = ${dry.id} and verdict = 'refused' group by 1`,
  );
  expect(Object.fromEntries(reasons.map(({ reason, count }) => [reason, count]))).toEqual(refused);
  const ready = await getImport(db, dry);
  expect(ready).toMatchObject({ status: "ready", total: lines, checked: lines });
  const all = Object.values(refused).reduce((sum, count) => sum + count, 0);
  expect(ready.counts).toEqual({ accepted, repaired, refused: all, known: 0 });
  expect(await carryOut(dry)).toMatchObject({ status: "done", imported: accepted + repaired });
  expect(await db.$count(contacts, eq(contacts.importId, dry.id))).toBe(accepted + repaired);
  const [quoted] = await db.select().from(contacts).where(eq(contacts.fullNumber, "+33710099991"));
  expect(quoted).toMatchObject({ firstName: 'Zoé; dite "Zouzou"\nla grande', lastName: "Quoted" });
}, 120_000);
