import type { Executor } from "#db/client.ts";
import { contactChanges } from "#db/schema/contacts.ts";
import type { ContactSnapshot } from "#server/contacts/views.ts";

type Change = {
  contactId: number;
  userId: number | null;
  action: "created" | "updated" | "deleted" | "revived" | "opted_out" | "opted_in";
  before?: ContactSnapshot;
  after?: ContactSnapshot;
};

/** Writes one line of a contact's history. */
export async function recordChange(db: Executor, { before, after, ...change }: Change): Promise<void> {
  await db.insert(contactChanges).values({ ...change, before: before ?? null, after: after ?? null });
}
