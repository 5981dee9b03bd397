import { eq, sql } from "drizzle-orm";
import { type Database, queryRows, type Transaction } from "#db/client.ts";
import { imports } from "#db/schema/imports.ts";
import { adoptUnknownSender } from "#server/contacts/adopt-unknown-sender.ts";
import type { Env } from "#server/env.ts";
import { importColumns, lockImport } from "#server/imports/find-import.ts";
import { keepErasedSilent } from "#server/privacy/keep-erased-silent.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Which = { user: SignedInUser; id: number };

const batchSize = 5_000;

type Silencing = Pick<Env, "erasureKey">;

/** Has the lines that are not refused made contacts by a job. AppErrors import.not_found, import.wrong_status. */
export async function startImport(db: Database, { user, id }: Which): Promise<void> {
  await db.transaction(async (tx) => {
    await lockImport(tx, { user, id }, ["ready"]);
    const toImport = sql`(select count(*) from import_rows r
      where r.import_id = ${id} and r.verdict in ('accepted', 'repaired'))`;
    await tx.update(imports).set({ status: "importing", toImport }).where(eq(imports.id, id));
    await enqueue(tx, "run_import", { importId: id });
  });
}

/**
 * Makes the contacts and gives them the categories, a batch a transaction: run again after a crash it goes on where it
 * stopped, since a line that has its contact is done. What the dry run found may be over by now: a number the admin has
 * added meanwhile is known, one that somebody else has added is refused, and so is a known one that was deleted.
 */
export async function runImport(db: Database, importId: number, env: Silencing): Promise<void> {
  let after: number | null = 0;
  while (after !== null) {
    const from: number = after;
    after = await db.transaction((tx) => runBatch(tx, { importId, after: from, env }));
  }
}

/** Returns the last line it settled; null: the import is over. */
async function runBatch(
  tx: Transaction,
  { importId, after, env }: { importId: number; after: number; env: Silencing },
): Promise<number | null> {
  const [found] = await tx.select(importColumns).from(imports).where(eq(imports.id, importId)).for("update");
  if (found?.status !== "importing") return null;
  const [next] = await queryRows<{ last: number | null }>(
    tx,
    sql`
    select max(line) as last from (
      select r.line from import_rows r
      where r.import_id = ${importId} and r.line > ${after} and r.verdict in ('accepted', 'repaired', 'known')
      order by r.line limit ${batchSize}) batch`,
  );
  if (next?.last) {
    const batch = { importId, owner: found.createdBy, after, last: next.last };
    await refuseGone(tx, batch);
    const made = await makeContacts(tx, batch);
    await keepErasedSilent(tx, { env, which: madeOf(batch) });
    await addCategories(tx, batch, found.settings.categoryIds);
    await tx
      .update(imports)
      .set({ imported: sql`${imports.imported} + ${made}` })
      .where(eq(imports.id, importId));
    return next.last;
  }
  await adoptUnknownSenders(tx, importId);
  await tx
    .update(imports)
    .set({ status: "done", file: null, finishedAt: sql`now()` })
    .where(eq(imports.id, importId));
  return null;
}

type Batch = { importId: number; owner: number | null; after: number; last: number };

const linesOf = ({ importId, after, last }: Batch) =>
  sql`r.import_id = ${importId} and r.line > ${after} and r.line <= ${last}`;

/** Once its contacts are made. */
const madeOf = (batch: Batch) =>
  sql`c.import_id = ${batch.importId} and c.id in (select r.contact_id from import_rows r where ${linesOf(batch)})`;

const hasItsContact = ({ owner }: Batch) =>
  sql`c.full_number = r.full_number and c.deleted_at is null and c.created_by is not distinct from ${owner}::int`;

/** Nobody was told that a deleted contact would come back by a line that was to find it. */
async function refuseGone(tx: Transaction, batch: Batch): Promise<void> {
  await tx.execute(sql`
    update import_rows r set verdict = 'refused', contact_id = null, reason = case
      when exists (select from contacts c where c.full_number = r.full_number and c.deleted_at is null)
      then 'managed_by_other' else 'gone_since' end
    where ${linesOf(batch)} and r.verdict = 'known'
      and not exists (select from contacts c where ${hasItsContact(batch)})`);
}

/** A deleted contact comes back, as by hand (create-contact.ts). Returns how many contacts it made. */
async function makeContacts(tx: Transaction, batch: Batch): Promise<number> {
  const { importId, owner } = batch;
  const waiting = sql`${linesOf(batch)} and r.verdict in ('accepted', 'repaired') and r.contact_id is null`;
  // Whoever is just adding one of these numbers is waited for, in the order of the numbers.
  await tx.execute(sql`
    with made as (
      insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by, import_id)
      select national_number, country_code, full_number, first_name, last_name, ${owner}::int, ${importId}::int
      from import_rows r where ${waiting} order by full_number
      on conflict (full_number) do update set deleted_at = null, flag = null, created_by = excluded.created_by,
        first_name = excluded.first_name, last_name = excluded.last_name, import_id = excluded.import_id,
        created_at = current_timestamp, conversed_at = null, inbound_read_at = contacts.last_inbound_at
      where contacts.deleted_at is not null
      returning id, full_number, first_name, last_name)
    insert into contact_changes (contact_id, user_id, action, after)
    select id, ${owner}::int, 'created', jsonb_build_object('fullNumber', full_number, 'firstName', first_name,
      'lastName', last_name)
    from made`);
  // In statements of their own: of a common table expression the planner knows no size. Nor does it of a new import's
  // contacts, by whose index it would look for each line: hence no plain equality.
  const made = await tx.execute(sql`
    update import_rows r set contact_id = c.id from contacts c
    where ${waiting} and c.full_number = r.full_number and c.import_id is not distinct from ${importId}::int`);
  const [left] = await queryRows<{ any: boolean }>(
    tx,
    sql`select exists (select from import_rows r where ${waiting}) as any`,
  );
  if (left?.any) {
    await tx.execute(sql`
      update import_rows r set verdict = 'known', contact_id = c.id from contacts c
      where ${waiting} and ${hasItsContact(batch)}`);
    await tx.execute(sql`
      update import_rows r set verdict = 'refused', reason = 'managed_by_other' where ${waiting}`);
  }
  return made.rowCount ?? 0;
}

/** What some of its numbers wrote as unknown senders comes with them, as by hand. */
async function adoptUnknownSenders(tx: Transaction, importId: number): Promise<void> {
  const known = await queryRows<{ contact_id: number; address: string }>(
    tx,
    sql`
    select c.id as contact_id, u.address from unknown_senders u
    join contacts c on c.full_number = substr(u.address, length('whatsapp:') + 1)
    where u.contact_id is null and c.import_id = ${importId} and c.deleted_at is null`,
  );
  for (const { contact_id: contactId, address } of known)
    await adoptUnknownSender(tx, { contactId, address });
}

/** To the contacts of these lines, also to those that were there; whoever is just deleting one is waited for. */
async function addCategories(tx: Transaction, batch: Batch, categoryIds: readonly number[]): Promise<void> {
  if (categoryIds.length === 0) return;
  await tx.execute(sql`
    insert into category_contacts (category_id, contact_id)
    select living.category_id, living.contact_id from (
      select k.id as category_id, c.id as contact_id from import_rows r
      join contacts c on ${hasItsContact(batch)}
      join categories k on k.id in ${categoryIds}
      where ${linesOf(batch)} and r.verdict in ('accepted', 'repaired', 'known')
      order by c.id for share of c for key share of k) living
    on conflict do nothing`);
}
