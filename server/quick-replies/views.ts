import { z } from "zod";

export const quickReplyRow = z.object({ id: z.number(), shortcut: z.string(), content: z.string() });
export type QuickReplyRow = z.infer<typeof quickReplyRow>;
