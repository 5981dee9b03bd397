// Who may import whom (docs of the layers: biome.json, overrides). Each pair is a file with that one import, and the
// linter is asked about all of them at once.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const refused: [importer: string, imported: string][] = [
  ["server/domain/rule.ts", "node:fs"],
  ["server/domain/rule.ts", "express"],
  ["server/domain/rule.ts", "#db/client.ts"],
  ["server/domain/rule.ts", "#server/errors.ts"],
  ["server/domain/rule.ts", "../contacts/queries.ts"],
  ["server/contacts/command.ts", "twilio"],
  ["server/contacts/command.ts", "twilio/lib/base/RequestClient.js"],
  ["server/contacts/command.ts", "#app/lib/paths.ts"],
  ["server/contacts/command.ts", "#jobs/worker.ts"],
  ["server/contacts/command.ts", "#e2e/twilio-simulator/client.ts"],
  ["server/contacts/command.ts", "#scripts/lib/ports.ts"],
  ["server/contacts/command.ts", "#server/testing/factories.ts"],
  ["server/contacts/command.ts", "#server/trpc/root.ts"],
  ["server/twilio/client.ts", "#jobs/worker.ts"],
  ["server/twilio/client.ts", "#e2e/twilio-simulator/contents.ts"],
  ["server/twilio/client.ts", "#server/http/app.ts"],
  ["server/trpc/routers/contacts.ts", "twilio"],
  ["server/trpc/routers/contacts.ts", "#jobs/worker.ts"],
  ["server/http/app.ts", "#app/root.tsx"],
  ["jobs/tasks/sweep.ts", "twilio"],
  ["jobs/tasks/sweep.ts", "#app/lib/paths.ts"],
  ["jobs/tasks/sweep.ts", "#server/trpc/root.ts"],
  ["jobs/tasks/sweep.ts", "#e2e/twilio-simulator/client.ts"],
  ["db/schema/contacts.ts", "#server/contacts/queries.ts"],
  ["db/client.ts", "#app/lib/paths.ts"],
  ["db/migrate.ts", "#scripts/lib/ports.ts"],
  ["app/components/card.tsx", "twilio"],
  ["app/components/card.tsx", "#db/client.ts"],
  ["app/components/card.tsx", "#jobs/worker.ts"],
  ["app/components/card.tsx", "#server/contacts/queries.ts"],
  ["app/components/card.tsx", "#server/env.ts"],
  ["app/components/card.tsx", "#scripts/lib/ports.ts"],
  ["app/routes/contacts.tsx", "#server/contacts/queries.ts"],
  ["app/lib/caller.server.ts", "#db/client.ts"],
  ["app/lib/caller.server.ts", "#jobs/worker.ts"],
  ["app/lib/caller.server.ts", "twilio"],
];

const allowed: [importer: string, imported: string][] = [
  ["server/domain/rule.ts", "zod"],
  ["server/domain/rule.ts", "libphonenumber-js/min"],
  ["server/domain/rule.ts", "#server/domain/phone.ts"],
  ["server/domain/rule.test.ts", "vitest"],
  ["server/contacts/command.ts", "#db/client.ts"],
  ["server/contacts/command.ts", "#server/domain/phone.ts"],
  ["server/contacts/command.ts", "#server/queue/enqueue.ts"],
  ["server/contacts/command.db.test.ts", "#server/testing/factories.ts"],
  ["server/contacts/command.db.test.ts", "#e2e/twilio-simulator/server.ts"],
  ["server/twilio/client.ts", "twilio"],
  ["server/trpc/routers/contacts.ts", "#server/contacts/queries.ts"],
  ["jobs/tasks/sweep.ts", "#server/workers/sweep.ts"],
  ["jobs/tasks/sweep.ts", "#db/client.ts"],
  ["db/schema/contacts.ts", "#server/domain/message-status.ts"],
  ["db/seed/demo.ts", "#server/contacts/create-contact.ts"],
  ["app/components/card.tsx", "#server/domain/phone.ts"],
  ["app/components/card.tsx", "#server/contacts/views.ts"],
  ["app/lib/trpc-client.ts", "#server/trpc/root.ts"],
  ["app/lib/caller.server.ts", "#server/trpc/context.ts"],
  ["app/routes/api.webhooks.twilio.ts", "#server/webhooks/handle-webhook.ts"],
  ["e2e/twilio-simulator/callbacks.ts", "twilio"],
  ["e2e/stack.ts", "#scripts/lib/local-stack.ts"],
  ["scripts/start.ts", "#server/http/main.ts"],
];

const folder = mkdtempSync(join(tmpdir(), "relance-boundaries-"));
afterAll(() => rmSync(folder, { recursive: true }));

const refusals = lint([...refused, ...allowed]);

test.each(refused)("%s does not import %s", (importer, imported) => {
  expect(refusals).toContain(`${importer} ${imported}`);
});

test.each(allowed)("%s may import %s", (importer, imported) => {
  expect(refusals).not.toContain(`${importer} ${imported}`);
});

/** "importer imported" of every import that the rules of this project refuse. */
function lint(pairs: typeof refused): string[] {
  const { vcs: _, ...config } = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(config));
  const files = new Map(
    pairs.map(([importer, imported], index) => [place(importer, index), { importer, imported }]),
  );
  for (const [file, { imported }] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import thing from "${imported}";\nexport const used = thing;\n`);
  }
  const options = ["--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none"];
  const { stdout } = spawnSync(
    process.execPath,
    [resolve("node_modules/@biomejs/biome/bin/biome"), "lint", ...options, "."],
    { cwd: folder, encoding: "utf8" },
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { location: { path: string | { file: string } } }[];
  };
  return diagnostics.map(({ location: { path } }) => {
    const found = files.get((typeof path === "string" ? path : path.file).replace(/^\.\//, ""));
    return `${found?.importer} ${found?.imported}`;
  });
}

/** A name of its own for each import of a file, where the same rules apply. */
function place(importer: string, index: number): string {
  return join(dirname(importer), `case-${index}-${basename(importer)}`);
}
