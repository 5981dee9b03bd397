// CSV import of 100,000 contacts, against COPY of the same file into the same table.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { type Figure, median, milliseconds } from "#scripts/bench/figures.ts";
import type { Lab } from "#scripts/bench/lab.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { getImport } from "#server/imports/queries.ts";
import { runImport, startImport } from "#server/imports/run-import.ts";
import { makeSignedIn } from "#server/testing/caller.ts";

const contacts = 100_000;
const rounds = 3;

/** The header names the columns of the table, by which the import knows them too. */
const header = "phone_number;country_code;full_number;first_name;last_name";

export async function benchImport(lab: Lab): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "relance-import-"));
  // PostgreSQL reads it under a user of its own
  chmodSync(dir, 0o755);
  const file = join(dir, "contacts.csv");
  const bytes = Buffer.from([header, ...Array.from({ length: contacts }, (_, n) => line(n))].join("\n"));
  writeFileSync(file, bytes);
  try {
    const [checks, runs, copies]: number[][] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      const { check, run } = await importFile(lab, bytes);
      checks?.push(check);
      runs?.push(run);
      copies?.push(await copyFile(lab, file));
    }
    const [check, run, floor] = [median(checks ?? []), median(runs ?? []), median(copies ?? [])];
    return [
      {
        name: "CSV import of 100,000 contacts",
        value: `${milliseconds(check + run)} (dry run ${milliseconds(check)}, import ${milliseconds(run)})`,
        floor: `${milliseconds(floor)} COPY of the same file`,
        ratio: (check + run) / floor,
        bar: { atMost: 5 },
      },
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function line(n: number): string {
  const national = `7${String(10_000_000 + n)}`;
  return `${national};+33;+33${national};Prénom${n};Nom${n}`;
}

async function importFile(lab: Lab, bytes: Buffer): Promise<{ check: number; run: number }> {
  const { db, close } = await lab.database();
  try {
    const user = await makeSignedIn(db);
    const { id } = await createImport(db, { user, fileName: "contacts.csv", bytes });
    const columns = { number: 2, dialCode: undefined, firstName: 3, lastName: 4 };
    await configureImport(db, { user, id, hasHeader: true, country: "FR", columns, categoryIds: [] });
    const check = await timed(() => checkImport(db, id));
    await startImport(db, { user, id });
    const run = await timed(() => runImport(db, id, { erasureKey: "bench" }));
    const { status, imported } = await getImport(db, { user, id });
    if (status !== "done" || imported !== contacts) throw new Error(`${imported} contacts, ${status}`);
    return { check, run };
  } finally {
    await close();
  }
}

async function copyFile(lab: Lab, file: string): Promise<number> {
  const { db, close } = await lab.database();
  try {
    return await timed(() =>
      db.execute(
        sql.raw(`copy contacts (${header.replaceAll(";", ", ")})
          from '${file}' with (format csv, header, delimiter ';')`),
      ),
    );
  } finally {
    await close();
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
