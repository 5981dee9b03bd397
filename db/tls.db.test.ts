// TLS as a server on the open internet has it: a PgBouncer with a certificate of its own, in session mode.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, type TestContext, test, vi } from "vitest";
import { backUp } from "#db/backup/back-up.ts";
import { restore } from "#db/backup/restore.ts";
import { connect, queryRows } from "#db/client.ts";
import { listen } from "#db/listen.ts";
import { migrate } from "#db/migrate.ts";
import { findPgbouncer, startPgbouncer } from "#db/testing/pgbouncer.ts";
import { emptyDatabase, type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { tellFailure } from "#scripts/lib/tell-failure.ts";

const found = findPgbouncer();

/** An authority's certificate and one for `name` that it signed. */
function makeCertificates(folder: string, name: string) {
  const file = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...ec, "-keyout", file("ca.key"), "-out", file("ca.crt"), "-subj", "/CN=authority");
  openssl("req", ...ec, "-keyout", file("server.key"), "-out", file("server.csr"), "-subj", `/CN=${name}`);
  writeFileSync(file("names"), `subjectAltName=DNS:${name}`);
  const signed = [
    "-CA",
    file("ca.crt"),
    "-CAkey",
    file("ca.key"),
    "-CAcreateserial",
    "-extfile",
    file("names"),
  ];
  openssl("x509", "-req", "-in", file("server.csr"), ...signed, "-out", file("server.crt"));
  chmodSync(file("server.key"), 0o644);
  return { authority: file("ca.crt"), key: file("server.key"), certificate: file("server.crt") };
}

async function server({ skip }: TestContext, { database }: Way, name = "localhost") {
  if ("missing" in found) return skip(found.missing);
  const folder = mkdtempSync(join(tmpdir(), "relance-tls-"));
  chmodSync(folder, 0o755);
  const { authority, ...tls } = makeCertificates(folder, name);
  const { url: direct } = await database();
  const pooler = await startPgbouncer(found.path, direct, { connections: 10, mode: "session", tls });
  onTestFinished(async () => {
    await pooler.close();
    rmSync(folder, { recursive: true });
  });
  const url = Object.assign(new URL(pooler.url), { hostname: "localhost" }).href;
  return { url, authority };
}

type Way = { database: () => Promise<TestDatabase>; go: (url: string) => Promise<unknown> };

/** Everything of ours that connects; each fails where it is not let in. */
const ways: Record<string, Way> = {
  queries: {
    database: testDatabase,
    go: async (url) => {
      const { db, close } = connect(url, { max: 1 });
      try {
        await queryRows(db, sql`select 1`);
      } finally {
        await close();
      }
    },
  },
  migrations: { database: emptyDatabase, go: (url) => migrate(url) },
  backups: { database: testDatabase, go: (url) => backUp(url, newFile()) },
  restorations: {
    database: emptyDatabase,
    go: async (url) => {
      const origin = await testDatabase();
      const file = newFile();
      await backUp(origin.url, file);
      await restore(url, file);
    },
  },
  notifications: {
    database: testDatabase,
    go: async (url) => {
      const heard = vi.fn();
      const listener = await listen(url, "relance", heard, () => {});
      const { db, close } = connect(url, { max: 1 });
      try {
        await queryRows(db, sql`select pg_notify('relance', '{}')`);
        await vi.waitFor(() => expect(heard).toHaveBeenCalledWith("{}"));
      } finally {
        await close();
        await listener.close();
      }
    },
  },
};

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "relance-tls-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "backup.gz");
}

/** Why it was not let in; Drizzle tells of the query, and of the reason below. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (reason: Error) => reason,
  );
  return error ? String(error.cause ?? error) : "let in";
}

for (const [what, way] of Object.entries(ways)) {
  test(`${what} go through TLS to a server whose authority is known`, async (context) => {
    const { url, authority } = await server(context, way);
    await way.go(`${url}?sslmode=verify-full&sslrootcert=${authority}`);
  });

  test(`${what} do not go to a server whose authority nobody knows, though "require" was all that was asked`, async (context) => {
    const { url } = await server(context, way);
    expect(await refusal(way.go(`${url}?sslmode=require`))).toMatch(/unable to verify|self-signed/);
  });

  test(`${what} do not go to a server with the certificate of another name`, async (context) => {
    const { url, authority } = await server(context, way, "db.example.org");
    expect(await refusal(way.go(`${url}?sslmode=require&sslrootcert=${authority}`))).toMatch(
      /does not match certificate/,
    );
  });
}

test("a migration kept out for want of the authority's certificate says what to download and what to write", async (context) => {
  const { url } = await server(context, { database: emptyDatabase, go: migrate });
  const error = await migrate(`${url}?sslmode=verify-full`).catch((reason: Error) => reason);
  expect(tellFailure(error as Error)).toMatch(
    /rien n'a été changé.*certificat.*sslrootcert=prod-ca-2021\.crt$/,
  );
});
