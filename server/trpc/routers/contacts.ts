import { z } from "zod";
import { createContact } from "#server/contacts/create-contact.ts";
import { deleteContact } from "#server/contacts/delete-contact.ts";
import { listContacts, requireContact } from "#server/contacts/queries.ts";
import { updateContact } from "#server/contacts/update-contact.ts";
import { contactDetail, contactPage } from "#server/contacts/views.ts";
import { createContactInput, idInput, listContactsInput, updateContactInput } from "#server/domain/inputs.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";

export const contactsRouter = router({
  list: userProcedure
    .input(listContactsInput)
    .output(contactPage)
    .query(({ ctx, input }) => listContacts(ctx.services.db, { user: ctx.user, ...input })),

  get: userProcedure
    .input(idInput)
    .output(contactDetail)
    .query(({ ctx, input }) => requireContact(ctx.services.db, { user: ctx.user, ...input })),

  /** `revived`: the number belonged to a contact deleted before, which is back with the new name and categories. */
  create: userProcedure
    .input(createContactInput)
    .output(z.object({ id: z.number(), revived: z.boolean() }))
    .mutation(({ ctx, input }) =>
      audited(ctx, "contact.created", async (tx) => {
        const { id, revived, after } = await createContact(tx, { user: ctx.user, ...input });
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
});
