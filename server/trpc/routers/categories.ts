import { z } from "zod";
import { createCategory } from "#server/categories/create-category.ts";
import { deleteCategory } from "#server/categories/delete-category.ts";
import { listCategories } from "#server/categories/queries.ts";
import { updateCategory } from "#server/categories/update-category.ts";
import { categoryRow } from "#server/categories/views.ts";
import { createCategoryInput, idInput, updateCategoryInput } from "#server/domain/inputs.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";

const idOutput = z.object({ id: z.number() });

export const categoriesRouter = router({
  list: userProcedure
    .output(z.array(categoryRow))
    .query(({ ctx }) => listCategories(ctx.services.db, { user: ctx.user })),

  create: userProcedure
    .input(createCategoryInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "category.created", async (tx) => {
        const { id } = await createCategory(tx, { user: ctx.user, ...input });
        return { result: { id }, subjectId: id, after: input };
      }),
    ),

  update: userProcedure
    .input(updateCategoryInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id, ...after } }) =>
      audited(ctx, "category.updated", async (tx) => {
        const { before } = await updateCategory(tx, { user: ctx.user, id, ...after });
        return { result: { id }, subjectId: id, before, after };
      }),
    ),

  delete: userProcedure
    .input(idInput)
    .output(z.object({}))
    .mutation(({ ctx, input }) =>
      audited(ctx, "category.deleted", async (tx) => {
        const { before } = await deleteCategory(tx, { user: ctx.user, ...input });
        return { result: {}, subjectId: input.id, before };
      }),
    ),
});
