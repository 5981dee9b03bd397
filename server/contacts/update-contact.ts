import { and, eq, isNull, ne } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { isUniqueViolation } from "#db/errors.ts";
import { contacts } from "#db/schema/contacts.ts";
import { adoptUnknownSender } from "#server/contacts/adopt-unknown-sender.ts";
import { namesInHistory, setCategories } from "#server/contacts/categories-of.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import { refuseTaken } from "#server/contacts/refuse-taken.ts";
import type { ContactSnapshot } from "#server/contacts/views.ts";
import type { UpdateContactInput } from "#server/domain/inputs.ts";
import { formatPhone, parsePhone, whatsappAddress } from "#server/domain/phone.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

type Update = UpdateContactInput & { user: SignedInUser };
type Changed = { before: ContactSnapshot; after: ContactSnapshot };

/**
 * Writes a contact's number, names and categories, and what differs into its history. A new number is another WhatsApp
 * user: what was known of the old one's membership and window goes; an opt-out stays with the person. AppErrors:
 * `contact.not_found`, `contact.invalid_number`, and those of a number that is taken.
 */
export async function updateContact(db: Executor, { user, id, ...input }: Update): Promise<Changed> {
  try {
    return await db.transaction((tx) => applyUpdate(tx, { user, id, ...input }));
  } catch (error) {
    // by whatever name: a database that was taken over has the previous system's
    if (!isUniqueViolation(error)) throw error;
    const phone = parsePhone(input.number, input.country);
    const fullNumber = "problem" in phone ? input.number : phone.e164;
    const [holder] = await db
      .select()
      .from(contacts)
      .where(and(eq(contacts.fullNumber, fullNumber), ne(contacts.id, id)));
    if (!holder) throw error;
    return refuseTaken(user, holder);
  }
}

async function applyUpdate(tx: Transaction, { user, id, categoryIds, ...input }: Update): Promise<Changed> {
  const [contact] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)))
    .for("update");
  if (!contact) throw new AppError("contact.not_found");
  const { firstName, lastName } = input;
  const numberChange = changedNumber(contact.fullNumber, input);
  const namesBefore = await namesInHistory(tx, contact);
  await tx
    .update(contacts)
    .set({ firstName, lastName, ...numberChange })
    .where(eq(contacts.id, id));
  if (numberChange) {
    await adoptUnknownSender(tx, { contactId: id, address: whatsappAddress(numberChange.fullNumber) });
  }
  await setCategories(tx, { user, contactId: id, categoryIds });
  const namesAfter = await namesInHistory(tx, contact);
  const changed = difference(
    {
      fullNumber: contact.fullNumber,
      firstName: contact.firstName,
      lastName: contact.lastName,
      categories: namesBefore,
    },
    {
      fullNumber: numberChange?.fullNumber ?? contact.fullNumber,
      firstName,
      lastName,
      categories: namesAfter,
    },
  );
  if (Object.keys(changed.after).length > 0) {
    await recordChange(tx, { contactId: id, userId: user.id, action: "updated", ...changed });
  }
  return changed;
}

/** The columns to write for a new number; nothing when it is the stored one, readable or not. */
function changedNumber(stored: string, { number, country }: Pick<Update, "number" | "country">) {
  if (number === stored || number === formatPhone(stored)) return undefined;
  const phone = parsePhone(number, country);
  if ("problem" in phone) throw new AppError("contact.invalid_number", { problem: phone.problem });
  if (phone.e164 === stored) return undefined;
  return {
    fullNumber: phone.e164,
    phoneNumber: phone.nationalNumber,
    countryCode: phone.countryCode,
    flag: null,
    whatsappVerified: null,
    verifiedAt: null,
    sandboxJoinedAt: null,
    sandboxLeftAt: null,
    lastInboundAt: null,
    externalUserId: null,
  };
}

function difference(before: ContactSnapshot, after: ContactSnapshot): Changed {
  const keys = (Object.keys(after) as (keyof ContactSnapshot)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const only = (snapshot: ContactSnapshot): ContactSnapshot =>
    Object.fromEntries(keys.map((key) => [key, snapshot[key]]));
  return { before: only(before), after: only(after) };
}
