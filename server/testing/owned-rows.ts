// One of everything that belongs to somebody.
import { hash } from "bcryptjs";
import type postgres from "postgres";
import type { Database } from "#db/client.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeCampaign, makeContacts, makeLaunched } from "#server/testing/factories.ts";
import { type OwnedRows, ownersMark } from "#server/testing/procedures.ts";
import { createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const password = "une phrase à retenir";

const idOf = (rows: readonly postgres.Row[]): number => Number(rows[0]?.id);

/** Makes them all `owner`'s; the hit and the stranger are nobody's, the user is another one. */
export async function makeOwnedRows(
  db: Database,
  sql: postgres.Sql,
  owner: SignedInUser,
): Promise<OwnedRows> {
  const call = createCaller(makeContext(db, owner));
  const passwordHash = await hash(password, 4);
  await sql`update users set password_hash = ${passwordHash} where id = ${owner.id}`;
  const { campaignId, contactIds, messageIds } = await makeLaunched(db, 2, {
    createdBy: owner.id,
    name: `Campagne ${ownersMark}`,
  });
  const [contact = 0] = contactIds;
  await sql`update contacts set first_name = ${ownersMark}, last_inbound_at = now(), conversed_at = now() where id = ${contact}`;
  await sql`insert into interactions (contact_id, interaction_type, content) values (${contact}, 'reply', ${ownersMark})`;
  const draft = await makeCampaign(db, await makeContacts(db, 1, { createdBy: owner.id }), {
    createdBy: owner.id,
  });
  const { id: category } = await call.categories.create({ name: ownersMark, color: "#22aa66" });
  await sql`insert into category_contacts (category_id, contact_id) values (${category}, ${contact})`;
  const template = idOf(
    await sql`insert into templates (name, body, variables, source, is_default, content_sid)
    values ('Code', 'Your {{1}} code is {{2}}', '{}', 'default', true, ${`HX${"a".repeat(32)}`})
    on conflict do nothing returning id`,
  );
  const { messageId: reply } = await call.conversations.reply({
    id: contact,
    key: "cle-de-la-matrice",
    text: "Bonjour",
  });
  const { id: quickReply } = await call.quickReplies.create({ shortcut: "merci", content: ownersMark });
  const { id: token } = await call.account.createToken({
    currentPassword: password,
    name: ownersMark,
    scope: "read",
    days: 30,
  });
  const { id: imported } = await call.imports.create({
    fileName: `${ownersMark}.csv`,
    bytes: Buffer.from("0639980077\n"),
  });
  const hit = idOf(
    await sql`insert into webhook_events (kind, verdict, url, raw_body, params)
    values ('status', 'refused', '/api/webhooks/twilio', '', '{}') returning id`,
  );
  const stranger = idOf(
    await sql`insert into unknown_senders (address) values ('whatsapp:FR.1') returning id`,
  );
  const { id: user } = await makeSignedIn(db);
  const message = messageIds[0] ?? 0;
  await sql`update messages set content = ${ownersMark}, status = 'failed', reason = ${ownersMark} where id = ${message}`;
  const ids = { campaign: campaignId, draft, category, contact, message, reply, quickReply, token, template };
  return { ...ids, import: imported, hit, stranger, user };
}
