// Contacts and campaigns by the ten thousand, made in one statement each.
import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { categories } from "#db/schema/contacts.ts";
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";

/** Contacts `first`, `first + 1` … of a category of their own; their numbers begin with +3370. Returns the category. */
export async function makeContacts(db: Database, howMany: number, first = 1): Promise<number> {
  const [category] = await db
    .insert(categories)
    .values({ name: `Contacts ${first} à ${first + howMany - 1}`, color: "#0f766e" })
    .returning({ id: categories.id });
  const categoryId = category?.id as number;
  await db.execute(sql`
    with made as (
      insert into contacts (phone_number, country_code, full_number, first_name, last_name)
      select '70' || lpad(n::text, 7, '0'), '+33', '+3370' || lpad(n::text, 7, '0'), 'Prénom' || n, 'Nom' || n
      from generate_series(${first}::int, ${first + howMany - 1}::int) n
      returning id)
    insert into category_contacts (category_id, contact_id) select ${categoryId}::int, id from made`);
  await db.execute(sql`analyze contacts, category_contacts`);
  return categoryId;
}

/** A draft to these categories, with a Message 2. */
export async function makeDraft(db: Database, categoryIds: readonly number[]): Promise<number> {
  const [campaign] = await db
    .insert(campaigns)
    .values({
      name: "Mesure",
      message1: "Your {{1}} code is {{2}}",
      message2: "Merci de votre réponse !",
      contentSid: DEFAULT_CONTENT_SID,
      contentVariables: {
        1: { type: "literal", value: "Relance" },
        2: { type: "field", field: "firstName", fallback: "client" },
      },
    })
    .returning({ id: campaigns.id });
  const campaignId = campaign?.id as number;
  if (categoryIds.length > 0)
    await db.insert(campaignCategories).values(categoryIds.map((categoryId) => ({ campaignId, categoryId })));
  return campaignId;
}

/** Distances between the slots granted, in the order of the slots, in milliseconds to the microsecond. */
export async function slotGaps(db: Database): Promise<number[]> {
  const rows = await queryRows<{ gap: number }>(
    db,
    sql`
    select (extract(epoch from slot_at - lag(slot_at) over (order by slot_at)) * 1000)::float8 as gap
    from message_attempts order by slot_at offset 1`,
  );
  return rows.map(({ gap }) => gap);
}
