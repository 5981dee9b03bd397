// The shape in which categories leave the server.
import { z } from "zod";

export const categoryRow = z.object({
  id: z.number(),
  name: z.string(),
  color: z.string().nullable(),
  /** deleted contacts not counted */
  contactCount: z.number(),
});
export type CategoryRow = z.infer<typeof categoryRow>;
