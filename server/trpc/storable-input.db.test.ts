// Characters the database has no place for, in every text a procedure takes: a bad input, never a failure of ours.
import { TRPCError } from "@trpc/server";
import { expect, onTestFinished, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { startTestWeb } from "#server/testing/web.ts";
import { problemOf } from "#server/trpc/problem.ts";
import { unstorablePaths } from "#server/trpc/storable-input.ts";

const { db, sql, url } = await testDatabase();
await ensureTemplates(db, makeEnv());
const { call, user } = await callerOf(db, "super_admin");
const contact = { number: "+33639980001", categoryIds: [] };
const { id: categoryId } = await call.categories.create({ name: "Clients", color: "#fff" });
const { id: contactId } = await call.contacts.create(contact);
const campaign = { name: "Rentrée", categoryIds: [categoryId], variables: {} };
const { id: campaignId } = await call.campaigns.create(campaign);
const literal = (value: string) => ({ 1: { type: "literal" as const, value } });
const field = (fallback: string) => ({
  1: { type: "field" as const, field: "firstName" as const, fallback },
});

/** Every procedure that takes text, and the field it comes in. */
const takers: [string, string, (text: string) => Promise<unknown>][] = [
  ["auth.signIn", "email", (text) => call.auth.signIn({ email: text, password: "x" })],
  ["auth.signIn", "password", (text) => call.auth.signIn({ email: user.email, password: text })],
  ["contacts.list", "search", (text) => call.contacts.list({ search: text })],
  ["contacts.create", "number", (text) => call.contacts.create({ ...contact, number: text })],
  ["contacts.create", "country", (text) => call.contacts.create({ ...contact, country: text.slice(0, 2) })],
  ["contacts.create", "firstName", (text) => call.contacts.create({ ...contact, firstName: text })],
  ["contacts.create", "lastName", (text) => call.contacts.create({ ...contact, lastName: text })],
  [
    "contacts.update",
    "firstName",
    (text) => call.contacts.update({ ...contact, id: contactId, firstName: text }),
  ],
  ["categories.create", "name", (text) => call.categories.create({ name: text, color: "#fff" })],
  ["categories.create", "color", (text) => call.categories.create({ name: "x", color: text })],
  [
    "categories.update",
    "name",
    (text) => call.categories.update({ id: categoryId, name: text, color: "#fff" }),
  ],
  ["campaigns.create", "name", (text) => call.campaigns.create({ ...campaign, name: text })],
  ["campaigns.create", "messageTwo", (text) => call.campaigns.create({ ...campaign, messageTwo: text })],
  [
    "campaigns.create",
    "variables.1.value",
    (text) => call.campaigns.create({ ...campaign, variables: literal(text) }),
  ],
  [
    "campaigns.create",
    "variables.1.fallback",
    (text) => call.campaigns.create({ ...campaign, variables: field(text) }),
  ],
  [
    "campaigns.create",
    "variables",
    (text) => call.campaigns.create({ ...campaign, variables: { [text]: { type: "literal", value: "x" } } }),
  ],
  [
    "conversations.reply",
    "text",
    (text) => call.conversations.reply({ id: contactId, key: "cle-0000001", text }),
  ],
  ["contacts.optOut", "reason", (text) => call.contacts.optOut({ id: contactId, reason: text })],
  ["quickReplies.create", "content", (text) => call.quickReplies.create({ shortcut: "x", content: text })],
  ["quickReplies.create", "shortcut", (text) => call.quickReplies.create({ shortcut: text, content: "x" })],
  ["campaigns.update", "name", (text) => call.campaigns.update({ ...campaign, id: campaignId, name: text })],
];

for (const [procedure, name, take] of takers) {
  for (const [what, text] of [
    ["NUL", "\0a"],
    ["half a surrogate pair", "\ud83da"],
  ] as const) {
    test(`${what} in ${name} of ${procedure} is a bad input of that field`, async () => {
      const error = await take(text).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TRPCError);
      expect((error as TRPCError).code).toBe("BAD_REQUEST");
      expect(problemOf(error)?.fields).toEqual({ [name]: "invalid" });
    });
  }
}

test("over HTTP it is 400, in the query and in the body, and nothing of it is stored", async () => {
  const { url: web, log, close } = await startTestWeb(url);
  onTestFinished(close);
  const attempts = () => sql`select count(*)::int as count from sign_in_attempts`;
  const before = await attempts();
  const input = { email: "a\0@relance.test", password: "x" };
  const posted = await fetch(`${web}/api/trpc/auth.signIn`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json", origin: web, "x-relance-client": "test" },
  });
  expect(posted.status).toBe(400);
  expect(await posted.json()).toMatchObject({
    error: { data: { problem: { fields: { email: "invalid" } } } },
  });
  const asked = await fetch(`${web}/api/trpc/auth.me?input=${encodeURIComponent('{"a":"\\u0000"}')}`);
  expect(asked.status).toBe(400);
  for (const path of ["/api/trpc/auth.me?input=%00", "/api/trpc/%00", "/api/trpc/auth.me%00?input=%7B%7D"]) {
    const { status } = await fetch(web + path);
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
  }
  expect(await attempts()).toEqual(before);
  expect(log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test("what people write is left alone, an input deeper than any of ours is not", () => {
  const written = { a: ["Zoé 👩‍👩‍👧‍👦", { é: "🇫🇷\t\r\n" }, 7, null, undefined, new Date(0)] };
  expect(unstorablePaths(written)).toEqual([]);
  let deep: unknown = "a";
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(unstorablePaths(deep)).toHaveLength(1);
});
