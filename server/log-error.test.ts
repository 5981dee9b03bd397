import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { createLog } from "#server/log.ts";

test.each([true, false])(
  "a failed query is logged without the values it was given (production: %s)",
  async (production) => {
    const lines: string[] = [];
    const log = createLog({ process: "web", production, write: (line) => lines.push(line) });
    const { db, close } = connect("postgres://nobody@127.0.0.1:1/nothing");
    const insert = sql`insert into contacts (full_number, first_name) values (${"+33612345678"}, ${"Léa"})`;
    await db.execute(insert).catch((err: unknown) => log.error({ err }, "contact not stored"));
    await close();
    const text = lines.join("");
    expect(text).toContain("Failed query: insert into contacts (full_number, first_name) values ($1, $2)");
    expect(text).toContain("ECONNREFUSED");
    expect(text).not.toMatch(/612345678|Léa/);
    expect(text, "a database that is away fails everything: no stack each time").not.toContain("    at ");
  },
);

test("a phone number in the text of an error is masked", () => {
  const lines: string[] = [];
  const log = createLog({ process: "web", production: true, write: (line) => lines.push(line) });
  const err = new Error("no answer from whatsapp:+33612345678", { cause: new Error("+33612345678") });
  log.error({ err }, "not sent");
  expect(lines.join("")).toContain("whatsapp:+33…78");
  expect(lines.join("")).not.toContain("612345678");
});

test("an error nobody expected is logged with its stack", () => {
  const lines: string[] = [];
  const log = createLog({ process: "web", production: false, write: (line) => lines.push(line) });
  log.error({ err: new TypeError("no such thing") }, "request failed");
  expect(lines.join("")).toMatch(/TypeError: no such thing\n\s+at /);
});
