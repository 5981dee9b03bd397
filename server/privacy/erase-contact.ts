import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";
import { eraseTraces } from "#server/privacy/erase-traces.ts";
import { numberHash } from "#server/privacy/number-hash.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Erasure = { user: SignedInUser; id: number; env: Pick<Env, "erasureKey"> };

/**
 * Erases what is held about a contact: names and number, the text of messages and answers, raw webhook calls, imported
 * lines, what history and audit log say of the person. What was counted stays counted, and what waited is never sent. Of
 * the number a keyed hash stays, by which it is silent should it come back (`keepErasedSilent`). AppErrors
 * contact.not_found, contact.in_flight while the fate of a message to it is open.
 */
export async function eraseContact(tx: Transaction, { user, id, env }: Erasure): Promise<void> {
  const [contact] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
    .for("update");
  if (!contact) throw new AppError("contact.not_found");
  if (!(await eraseLocked(tx, { id, env, keepHash: true }))) throw new AppError("contact.in_flight");
}

type Locked = { id: number; env: Pick<Env, "erasureKey">; keepHash: boolean };

/** The caller holds the contact's row. False, and nothing is erased, while the fate of a message to it is open. */
export async function eraseLocked(tx: Transaction, { id, env, keepHash }: Locked): Promise<boolean> {
  const [contact] = await tx
    .select({
      fullNumber: contacts.fullNumber,
      externalUserId: contacts.externalUserId,
      firstName: contacts.firstName,
      lastName: contacts.lastName,
    })
    .from(contacts)
    .where(eq(contacts.id, id));
  if (!contact) return false;
  const { fullNumber, externalUserId, firstName, lastName } = contact;
  const known = (texts: (string | null)[]) => texts.flatMap((text) => (text ? [text] : []));
  const addresses = known([whatsappAddress(fullNumber), externalUserId]);
  if (await isInFlight(tx, id, addresses)) return false;
  const names = known([firstName, lastName]);
  await eraseTraces(tx, { contactId: id, fullNumber, names, addresses });
  if (keepHash) {
    await tx.execute(sql`
      insert into erased_numbers (hash) values (${numberHash(env.erasureKey, fullNumber)}) on conflict do nothing`);
  }
  await tx
    .update(contacts)
    .set({
      fullNumber: `effacé-${id}`,
      phoneNumber: "",
      countryCode: "",
      firstName: null,
      lastName: null,
      externalUserId: null,
      whatsappVerified: null,
      verifiedAt: null,
      sandboxJoinedAt: null,
      sandboxLeftAt: null,
      lastInboundAt: null,
      conversedAt: null,
      inboundReadAt: null,
      deletedAt: sql`coalesce(${contacts.deletedAt}, now())`,
      optedOutAt: sql`coalesce(${contacts.optedOutAt}, now())`,
      erasedAt: sql`now()`,
    })
    .where(eq(contacts.id, id));
  return true;
}

/** Holds all messages to the person until the end, so that none is claimed; those of a test become the contact's first. */
async function isInFlight(tx: Transaction, id: number, addresses: string[]): Promise<boolean> {
  await tx
    .update(messages)
    .set({ contactId: id })
    .where(
      and(
        eq(messages.messageType, "test"),
        isNull(messages.contactId),
        inArray(messages.toAddress, addresses),
      ),
    );
  const held = await tx
    .select({ status: messages.status })
    .from(messages)
    .where(eq(messages.contactId, id))
    .orderBy(messages.id)
    .for("update");
  return held.some(({ status }) => status === "sending" || status === "uncertain");
}
