import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { secured } from "#db/tls.ts";

const local = "postgres://user:pass@127.0.0.1:5432/base";

test.each([
  [local, false],
  [`${local}?sslmode=disable`, false],
  [`${local}?ssl=false`, false],
  [`${local}?sslmode=require`, {}],
  [`${local}?sslmode=prefer`, {}],
  [`${local}?sslmode=no-verify`, {}],
  [`${local}?sslmode=verify-full&sslrootcert=system`, {}],
  [`${local}?ssl=true`, {}],
  ["postgres://u:p@db.abcdef.supabase.co:5432/postgres", {}],
  ["postgres://u:p@aws-0-eu-west-3.pooler.supabase.com:6543/postgres", {}],
  ["postgres://u:p@aws-0-eu-west-3.pooler.supabase.com:6543/postgres?sslmode=disable", false],
  ["postgres://u:p@supabase.co.example.org/postgres", false],
])("%s", (address, ssl) => {
  expect(secured(address).ssl).toEqual(ssl);
});

test("the authority is read from its file, and nothing about TLS is left in the address", () => {
  const folder = mkdtempSync(join(tmpdir(), "relance-tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "ca.crt");
  writeFileSync(file, "the authority");
  expect(secured(`${local}?application_name=x&sslmode=verify-full&sslrootcert=${file}`)).toEqual({
    url: `${local}?application_name=x`,
    ssl: { ca: "the authority" },
  });
  expect(secured(`${local}?sslrootcert=${file}`).ssl).toEqual({ ca: "the authority" });
  expect(() => secured(`${local}?sslrootcert=${file}.missing`)).toThrow("ENOENT");
});
