// The shape in which categories leave the server.
import { z } from "zod";

export const categoryRow = z.object({
  id: z.number(),
  name: z.string(),
  color: z.string().nullable(),
  /** up to a thousand (`isMore`: there are more); deleted contacts are in no category */
  contacts: z.object({ count: z.number(), isMore: z.boolean() }),
});
export type CategoryRow = z.infer<typeof categoryRow>;
