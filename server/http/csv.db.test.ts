// CSV files over HTTP: what comes in is read as a stream up to its limit, what goes out is written as one.
import { type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoaderFunction } from "@remix-run/node";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { action as uploadImport } from "#app/routes/_app.contacts.importer._index.tsx";
import { loader as campaignFile } from "#app/routes/campagnes.$campaignId.resultats[.csv].ts";
import { loader as contactsFile } from "#app/routes/contacts.export[.csv].ts";
import { loader as refusedFile } from "#app/routes/contacts.importer.$importId.refusees[.csv].ts";
import { loader as messagesFile } from "#app/routes/messages.export[.csv].ts";
import { imports } from "#db/schema/imports.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { checkImport } from "#server/imports/check-import.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { makeSignedIn } from "#server/testing/caller.ts";
import { makeContact, makeContacts, makeEnv, makeLaunched } from "#server/testing/factories.ts";
import { startTestWeb } from "#server/testing/web.ts";
import { createSession } from "#server/users/sessions.ts";

const { db, url: databaseUrl } = await testDatabase();

async function scene() {
  const web = await startTestWeb(databaseUrl, {
    routes: { "contacts/importer": { action: uploadImport } },
    loaders: {
      "contacts/export.csv": contactsFile,
      "contacts/importer/:importId/refusees.csv": refusedFile,
      "campagnes/:campaignId/resultats.csv": campaignFile,
      "messages/export.csv": messagesFile,
    },
  });
  onTestFinished(web.close);
  const user = await makeSignedIn(db);
  const secret = makeEnv().sessionSecret;
  const token = await createSession(db, { userId: user.id, ip: "192.0.2.1", userAgent: null, secret });
  const cookie = `relance_session=${encodeURIComponent(Buffer.from(JSON.stringify(token)).toString("base64"))}`;
  const get = (path: string, headers: Record<string, string> = { cookie }) =>
    fetch(web.url + path, { headers, redirect: "manual" });
  const upload = (
    bytes: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = { cookie },
    path = "/contacts/importer",
  ) => {
    const body = new FormData();
    body.set("file", new File([bytes], "contacts.csv"));
    return fetch(web.url + path, { method: "POST", body, headers, redirect: "manual" });
  };
  return { web, user, cookie, get, upload };
}

const linesOf = (text: string) => text.split("\r\n").slice(0, -1);

test("a file larger than any other body is taken, and leads to its import", async () => {
  const { user, upload } = await scene();
  const answer = await upload(
    new Uint8Array(Buffer.alloc(5 * 1024 * 1024, "0639980001;Ana Roy de la Tour\n")),
  );
  expect(answer.status).toBe(302);
  const id = Number(/^\/contacts\/importer\/(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1]);
  const [kept] = await db
    .select({ owner: imports.createdBy, name: imports.fileName, size: sql<number>`length(file)` })
    .from(imports)
    .where(sql`id = ${id}`);
  expect(kept).toEqual({ owner: user.id, name: "contacts.csv", size: 5 * 1024 * 1024 });
});

test("one over 25 MB is 413, and nothing of it is kept", async () => {
  const { user, cookie, upload } = await scene();
  for (const size of [25 * 1024 * 1024 + 1, 50 * 1024 * 1024]) {
    // as a browser with scripts asks
    const answer = await upload(new Uint8Array(size).fill(48), { cookie }, "/contacts/importer.data");
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain("Ce fichier dépasse 25 Mo");
  }
  expect(await db.select({ id: imports.id }).from(imports).where(sql`created_by = ${user.id}`)).toEqual([]);
});

test("too many lines, or no form with a file, are refused", async () => {
  const { web, cookie, upload } = await scene();
  const statusOf = async (text: string) =>
    (await upload(new Uint8Array(Buffer.from(text)), { cookie }, "/contacts/importer.data")).status;
  for (const end of ["\n", "\r", "\r\n"]) expect(await statusOf(`1${end}`.repeat(250_001))).toBe(422);
  const most = await upload(new Uint8Array(Buffer.from(`tel\r${"1\r".repeat(250_000)}`)));
  expect(most.status).toBe(302);
  const answer = await fetch(`${web.url}/contacts/importer`, {
    method: "POST",
    body: "a=1",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(400);
});

test.each([
  [
    "Excel's « Texte Unicode », read as it is",
    Buffer.from("\ufeffPrénom\tTéléphone\r\nŁukasz\t12\r\n", "utf16le"),
    /^Łukasz;12;2;Ce numéro n’existe pas dans ce pays\.$/,
  ],
  [
    "a quote that never closes",
    Buffer.from('Prénom;Téléphone\r\n"Bob;0639980001\r\nEve;0639980002\r\n'),
    /^"Bob;0639980001[^;]+Eve;0639980002\s*";;2;Un guillemet ouvert sur cette ligne n’est jamais fermé/s,
  ],
  [
    "bytes that are no text in UTF-8",
    Buffer.concat([
      Buffer.from("Prénom;Téléphone\nÉric;0639980001\nRen"),
      Buffer.from([0xff]),
      Buffer.from(";0639980002\n"),
    ]),
    /^Ren\ufffd;0639980002;3;Un caractère de cette ligne est illisible \(\ufffd\)/,
  ],
])("%s comes back with the word that says what to do", async (_, bytes, words) => {
  const { user, get, upload } = await scene();
  const answer = await upload(new Uint8Array(bytes));
  const id = Number(answer.headers.get("location")?.split("/").at(-1));
  const columns = { number: 1, dialCode: undefined, firstName: 0, lastName: undefined };
  await configureImport(db, { user, id, columns, hasHeader: true, country: "FR", categoryIds: [] });
  await checkImport(db, id);
  const refused = await (await get(`/contacts/importer/${id}/refusees.csv`)).text();
  expect(refused.slice(refused.indexOf("\r\n") + 2).trimEnd()).toMatch(words);
});

test("nobody uploads without a session, nor from another site's page", async () => {
  const { upload, cookie } = await scene();
  const file = new Uint8Array(Buffer.from("0639980001"));
  const stranger = await upload(file, {});
  expect([stranger.status, stranger.headers.get("location")]).toEqual([302, "/connexion"]);
  expect((await upload(file, { cookie, origin: "https://elsewhere.example" })).status).toBe(403);
});

test("the contacts a filter shows go out batch after batch, each once, and nobody else's", async () => {
  const { user, get } = await scene();
  await makeContacts(db, 2345, { createdBy: user.id });
  await makeContacts(db, 2);
  const answer = await get("/contacts/export.csv");
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="relance-contacts-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [header, ...lines] = linesOf(bytes.toString("utf8"));
  expect(header).toContain("Numéro;Prénom;Nom");
  expect(new Set(lines).size).toBe(2345);
  await makeContact(db, {
    createdBy: user.id,
    fullNumber: "+33639970001",
    firstName: "@Zoé",
    optedOutAt: new Date(),
  });
  const found = await get("/contacts/export.csv?recherche=zoe&situation=opted_out&separateur=virgule");
  expect(linesOf(await found.text())[1]).toMatch(/^\+33 6 39 97 00 01,'@Zoé,/);
});

test("a campaign's recipients and the history of messages go out with what became of each", async () => {
  const { user, get } = await scene();
  const { campaignId, messageIds, contactIds } = await makeLaunched(db, 2, {
    createdBy: user.id,
    name: "=Rentrée",
  });
  await db.execute(sql`update messages set status = 'failed', error_code = 63015, failed_at = '2026-01-02 03:04:05+00'
    where id = ${messageIds[0]}`);
  await db.execute(sql`insert into interactions (campaign_id, contact_id, interaction_type, content, received_at)
    values (${campaignId}, ${contactIds[1]}, 'reply', '-oui', '2026-07-02 03:04:05')`);
  const [, failed, answered] = linesOf(await (await get(`/campagnes/${campaignId}/resultats.csv`)).text());
  expect(failed).toMatch(/;Échec;[^;]+;63015;;;;02\/01\/2026 04:04;0;;;$/);
  expect(answered).toMatch(/;En attente;;;;;;;1;02\/07\/2026 05:04;'-oui;$/);
  const history = linesOf(
    await (await get(`/messages/export.csv?campagne=${campaignId}&statut=failed`)).text(),
  );
  expect(history).toHaveLength(2);
  expect(history[1]).toMatch(/^'=Rentrée;Message 1;\+33 .*;Échec;/);
  expect(linesOf(await (await get("/messages/export.csv")).text())).toHaveLength(3);
  for (const day of ["2026-02-30", "0000-01-01"]) {
    const all = await get(`/messages/export.csv?du=${day}&au=${day}`);
    expect([all.status, linesOf(await all.text()).length]).toEqual([200, 3]);
  }
  const number = encodeURIComponent(history[1]?.split(";")[2] as string);
  const found = linesOf(await (await get(`/messages/export.csv?recherche=${number}`)).text());
  expect(found.slice(1)).toEqual(history.slice(1));
  expect(linesOf(await (await get("/messages/export.csv?recherche=code&du=2020-01-01")).text())).toHaveLength(
    3,
  );
  expect(linesOf(await (await get("/messages/export.csv?recherche=absent")).text())).toHaveLength(1);
  expect(linesOf(await (await get("/messages/export.csv?au=2020-01-01")).text())).toHaveLength(1);
});

test("what is somebody else's is not found, and nothing goes out without a session", async () => {
  const { get } = await scene();
  const owner = await makeSignedIn(db);
  const { campaignId } = await makeLaunched(db, 1, { createdBy: owner.id });
  const { id } = await createImport(db, { user: owner, fileName: null, bytes: Buffer.from("0639980001") });
  expect((await get(`/campagnes/${campaignId}/resultats.csv`)).status).toBe(404);
  expect((await get(`/contacts/importer/${id}/refusees.csv`)).status).toBe(404);
  expect(linesOf(await (await get("/messages/export.csv")).text())).toHaveLength(1);
  for (const path of [
    "/contacts/export.csv",
    "/messages/export.csv",
    `/campagnes/${campaignId}/resultats.csv`,
  ]) {
    expect((await get(path, {})).status).toBe(302);
  }
});

test("a client that does not read is waited for, and one that leaves ends the file", async () => {
  let batches = 0;
  const endless: LoaderFunction = (args) =>
    csvResponse(args, {
      name: "endless",
      header: ["line"],
      read: async (after) => {
        batches += 1;
        return { rows: Array.from({ length: 1000 }, () => "x".repeat(1000)), next: after + 1 };
      },
      cells: (text) => [text],
    });
  const web = await startTestWeb(databaseUrl, { loaders: { "endless.csv": endless } });
  onTestFinished(web.close);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${web.url}/endless.csv`, resolve).on("error", reject).end();
  });
  response.pause();
  const standing = async () => {
    for (let before = -1; before !== batches; ) {
      before = batches;
      await sleep(200);
    }
    return batches;
  };
  const waiting = await standing();
  expect(waiting).toBeLessThan(30);
  response.resume();
  await vi.waitFor(() => expect(batches).toBeGreaterThan(waiting + 5), { timeout: 20_000 });
  response.destroy();
  await standing();
  expect(web.log.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
