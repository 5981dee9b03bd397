// The command as a person runs it, in a process of its own.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";

const { sql, url } = await testDatabase();
const script = fileURLToPath(new URL("./admin-create.ts", import.meta.url));
const run = promisify(execFile);

async function adminCreate(email: string, password: string) {
  const variables = { DATABASE_URL: url, DATABASE_DIRECT_URL: url, ADMIN_PASSWORD: password };
  const options = { env: { ...process.env, ...variables } };
  const parameters = ["--import", "tsx", script, "admin-create", "--email", email];
  return run(process.execPath, parameters, options).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  );
}

test("a password that is too short is refused with the length it takes, a longer one is taken", async () => {
  const refusal = await adminCreate("claire@relance.test", "onze-lettre");
  expect(refusal.code).toBe(1);
  expect(refusal.said).toMatch(/n'a pas été créé.* 12 caractères/);
  expect(refusal.said).not.toMatch(/onze-lettre|at /);
  expect(await sql`select 1 from users`).toHaveLength(0);
  expect(await adminCreate("claire@relance.test", "douze-lettre")).toMatchObject({ code: 0 });
  expect(await sql`select email, role from users`).toEqual([
    { email: "claire@relance.test", role: "super_admin" },
  ]);
});
