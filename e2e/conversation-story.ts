// Conversations in every state that looks different, standing still: an open window, a closed one, an opt-out, somebody
// unknown.
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { contactChanges, contacts } from "#db/schema/contacts.ts";
import { interactions, messages } from "#db/schema/messages.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import { freeNumber } from "#e2e/draft.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type ConversationStory = {
  openId: number;
  closedId: number;
  stoppedId: number;
  strangerId: number;
};

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

const picture = { url: "https://api.twilio.com/none", contentType: "image/svg+xml" };
const place = {
  Latitude: "48.8698",
  Longitude: "2.3311",
  Label: "Café de la Paix",
  Address: "5 place de l’Opéra",
};

export async function makeConversations(db: Database, user: SignedInUser): Promise<ConversationStory> {
  const make = async (firstName: string, lastName: string, minutes: number, stopped = false) => {
    const number = await freeNumber(db);
    const person = { user, number, country: "FR", firstName, lastName, categoryIds: [] };
    const { id } = await createContact(db, person);
    // what was said before a contact came is nobody's
    await db
      .update(contactChanges)
      .set({ at: ago(60 * 24 * 7) })
      .where(eq(contactChanges.contactId, id));
    const at = ago(minutes);
    await db
      .update(contacts)
      .set({
        sandboxJoinedAt: ago(minutes + 60),
        lastInboundAt: at,
        conversedAt: at,
        ...(stopped && { optedOutAt: at }),
      })
      .where(eq(contacts.id, id));
    return id;
  };
  const openId = await make("Yasmine", "Benali", 4);
  const closedId = await make("Théophile", "de Montmorency-Laval", 60 * 30);
  const stoppedId = await make("Marguerite", "Dupont", 60 * 3, true);

  const received = (
    contactId: number,
    minutes: number,
    content: string,
    details: Record<string, unknown> = {},
  ) =>
    db.insert(interactions).values({
      contactId,
      interactionType: details.MessageType === "reaction" ? "reaction" : "reply",
      content,
      details,
      receivedAt: ago(minutes),
    });
  const sent = (contactId: number, minutes: number, content: string, values: object = {}) =>
    db.insert(messages).values({
      contactId,
      messageType: "reply",
      content,
      createdBy: user.id,
      createdAt: ago(minutes),
      sentAt: ago(minutes),
      status: "read",
      deliveredAt: ago(minutes),
      readAt: ago(minutes - 1),
      ...values,
    });
  await received(openId, 60 * 26, "Bonjour, est-ce que l’offre tient encore samedi ?");
  await sent(openId, 60 * 25, "Bonjour Yasmine ! Oui, jusqu’à *dimanche soir*.\nhttps://example.org/offre");
  await received(openId, 22, "شكرا جزيلا", { Forwarded: "true" });
  await received(openId, 20, "Confirmer", { ButtonText: "Confirmer" });
  await received(openId, 18, "", place);
  await received(openId, 15, "Voici la photo", { media: [picture] });
  await sent(openId, 12, "Bien reçu, merci.", { status: "delivered", readAt: null });
  await received(openId, 6, "❤️", { MessageType: "reaction" });
  const waits = { status: "pending", sentAt: null, deliveredAt: null, readAt: null };
  await sent(openId, 5, "À samedi !", { ...waits, errorCode: 21654, errorMessage: "ContentSid Required" });
  await sent(openId, 5, "Vous trouverez l’entrée côté cour.", {
    ...waits,
    status: "failed",
    failedAt: ago(5),
    errorCode: 63016,
    errorMessage: "Failed to send freeform message",
  });
  await received(openId, 4, "À quelle heure ouvrez-vous ?");
  await received(closedId, 60 * 30, "Merci, je vous redis.");
  await received(stoppedId, 60 * 3, "STOP");

  await db.insert(quickReplies).values([
    { userId: user.id, shortcut: "horaires", content: "Nous ouvrons du mardi au samedi, de 9 h à 18 h." },
    { userId: user.id, shortcut: "merci", content: "Merci de votre message ! Nous revenons vers vous." },
  ]);
  const [stranger] = await db
    .insert(unknownSenders)
    .values({ address: `whatsapp:FR.${Date.now()}`, profileName: "Léa 🌸", lastSeenAt: ago(9) })
    .returning({ id: unknownSenders.id });
  const strangerId = stranger?.id as number;
  await db.insert(unknownSenderMessages).values({
    unknownSenderId: strangerId,
    inboundSid: `SM-story-${strangerId}`,
    content: "Bonjour, j’ai eu votre numéro par une amie.",
    receivedAt: ago(9),
  });
  return { openId, closedId, stoppedId, strangerId };
}
