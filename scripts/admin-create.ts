// `npm run admin:create -- --email …`: a super admin. The password is asked for, or given by ADMIN_PASSWORD.
import { parseArgs } from "node:util";
import { z } from "zod";
import { errorTexts } from "#app/i18n/errors.ts";
import { connect } from "#db/client.ts";
import { askPassword } from "#scripts/lib/ask-password.ts";
import { loadEnvOrExit } from "#server/env.ts";
import { AppError } from "#server/errors.ts";
import { createSuperAdmin } from "#server/users/create-admin.ts";

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { email: { type: "string" } },
  strict: false,
});
const email = z.email().safeParse(values.email);
if (!email.success) {
  console.error("Usage : npm run admin:create -- --email nom@exemple.fr");
  process.exit(1);
}

const { databaseDirectUrl } = loadEnvOrExit({ for: "migrate" });
const { db, close } = connect(databaseDirectUrl, { max: 1 });
try {
  const password = process.env.ADMIN_PASSWORD ?? (await askPasswordTwice());
  await createSuperAdmin(db, { email: email.data, password });
  console.log(`Super administrateur créé : ${email.data}`);
} catch (error) {
  console.error(`Le compte n'a pas été créé : ${reasonOf(error)}`);
  process.exitCode = 1;
} finally {
  await close();
}

async function askPasswordTwice(): Promise<string> {
  const password = await askPassword("Mot de passe : ");
  // piped in: nobody mistypes
  if (!process.stdin.isTTY) return password;
  if (password === (await askPassword("Encore une fois : "))) return password;
  throw new Error("les deux mots de passe diffèrent.");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AppError))
    return ((error as Error).cause as Error)?.message ?? (error as Error).message;
  const { text } = errorTexts[error.code];
  return typeof text === "string" ? text : text(error.meta);
}
