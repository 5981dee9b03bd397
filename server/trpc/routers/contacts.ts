import { sql } from "drizzle-orm";
import { z } from "zod";
import { categoriseContacts } from "#server/contacts/categorise-contacts.ts";
import { contactHistory } from "#server/contacts/contact-history.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { deleteContact } from "#server/contacts/delete-contact.ts";
import { deleteContacts } from "#server/contacts/delete-contacts.ts";
import { liftOptOut } from "#server/contacts/lift-opt-out.ts";
import { listContacts } from "#server/contacts/list-contacts.ts";
import { optOutContact } from "#server/contacts/opt-out-contact.ts";
import { requireContact } from "#server/contacts/queries.ts";
import { updateContact } from "#server/contacts/update-contact.ts";
import { contactDetail, contactHistoryPage, contactPage } from "#server/contacts/views.ts";
import {
  categoriseContactsInput,
  chooseContactsInput,
  contactHistoryInput,
  createContactInput,
  idInput,
  listContactsInput,
  optOutInput,
  updateContactInput,
} from "#server/domain/inputs.ts";
import { eraseContact } from "#server/privacy/erase-contact.ts";
import { exportContact } from "#server/privacy/export-contact.ts";
import { keepErasedSilent } from "#server/privacy/keep-erased-silent.ts";
import { contactFile } from "#server/privacy/views.ts";
import { audited, router, type UserContext, userProcedure } from "#server/trpc/init.ts";

const counted = z.object({ count: z.number() });

type Categorise = z.output<typeof categoriseContactsInput> & { action: "add" | "remove" };

function categorise(ctx: UserContext, { choice, categoryId, action }: Categorise) {
  const name = action === "add" ? "contacts.categorised" : "contacts.uncategorised";
  return audited(ctx, name, async (tx) => {
    const env = ctx.services.env;
    const done = await categoriseContacts(tx, { user: ctx.user, env, choice, categoryId, action });
    return { result: done, subjectId: categoryId, after: { choice, ...done } };
  });
}

export const contactsRouter = router({
  list: userProcedure
    .input(listContactsInput)
    .output(contactPage)
    .query(({ ctx, input: { sort, after, before, ...filter } }) => {
      const { db, env } = ctx.services;
      return listContacts(db, { user: ctx.user, env, filter, sort, after, before });
    }),

  get: userProcedure
    .input(idInput)
    .output(contactDetail)
    .query(({ ctx, input }) => requireContact(ctx.services.db, { user: ctx.user, ...input })),

  history: userProcedure
    .input(contactHistoryInput)
    .output(contactHistoryPage)
    .query(({ ctx, input }) => contactHistory(ctx.services.db, { user: ctx.user, ...input })),

  /** `revived`: the number belonged to a contact deleted before, which is back with the new name and categories. */
  create: userProcedure
    .input(createContactInput)
    .output(z.object({ id: z.number(), revived: z.boolean() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.created", async (tx) => {
        const { id, revived, after } = await createContact(tx, { user: ctx.user, ...input });
        await keepErasedSilent(tx, { env: ctx.services.env, which: sql`c.id = ${id}` });
        const action = revived ? "contact.revived" : "contact.created";
        return { result: { id, revived }, action, subjectId: id, after };
      }),
    ),

  update: userProcedure
    .input(updateContactInput)
    .output(z.object({ id: z.number() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.updated", async (tx) => {
        const { before, after } = await updateContact(tx, { user: ctx.user, ...input });
        if (after.fullNumber)
          await keepErasedSilent(tx, { env: ctx.services.env, which: sql`c.id = ${input.id}` });
        return { result: { id: input.id }, subjectId: input.id, before, after };
      }),
    ),

  delete: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.deleted", async (tx) => {
        const { before } = await deleteContact(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, before };
      }),
    ),

  /** All that is held about a contact, for whoever asks for their data. */
  exportData: userProcedure
    .input(idInput)
    .output(contactFile)
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "contact.exported", async (tx) => {
        const file = await exportContact(tx, { user: ctx.user, id });
        return { result: file, subjectId: id };
      }),
    ),

  /** For good: nothing of it comes back. */
  erase: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "contact.erased", async (tx) => {
        await eraseContact(tx, { user: ctx.user, id, env: ctx.services.env });
        return { result: {}, subjectId: id };
      }),
    ),

  /** Told otherwise than by a word on WhatsApp. */
  optOut: userProcedure
    .input(optOutInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.opted_out", async (tx) => {
        await optOutContact(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, after: { reason: input.reason } };
      }),
    ),

  liftOptOut: userProcedure
    .input(optOutInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.opt_out_lifted", async (tx) => {
        const before = await liftOptOut(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, before, after: { reason: input.reason } };
      }),
    ),

  categorise: userProcedure
    .input(categoriseContactsInput)
    .output(counted.extend({ category: z.string() }))
    .mutation(({ ctx, input }) => categorise(ctx, { ...input, action: "add" })),

  uncategorise: userProcedure
    .input(categoriseContactsInput)
    .output(counted.extend({ category: z.string() }))
    .mutation(({ ctx, input }) => categorise(ctx, { ...input, action: "remove" })),

  deleteMany: userProcedure
    .input(chooseContactsInput)
    .output(counted)
    .mutation(({ ctx, input: { choice } }) =>
      audited(ctx, "contacts.deleted", async (tx) => {
        const done = await deleteContacts(tx, { user: ctx.user, env: ctx.services.env, choice });
        return { result: { count: done.count }, subjectId: null, after: { choice, ...done } };
      }),
    ),
});
