// The shapes in which templates leave the server.
import { z } from "zod";

export const templateRow = z.object({
  id: z.number(),
  /** null: to be configured, and not launchable until then */
  contentSid: z.string().nullable(),
  name: z.string(),
  body: z.string(),
  /** variable name → sample value */
  variables: z.record(z.string(), z.string()),
  language: z.string().nullable(),
  source: z.enum(["default", "sandbox", "account"]),
  isDefault: z.boolean(),
  approvalStatus: z.string().nullable(),
  syncedAt: z.date().nullable(),
});
export type TemplateRow = z.infer<typeof templateRow>;

export const syncResult = z.object({ added: z.number(), updated: z.number(), removed: z.number() });
export type SyncResult = z.infer<typeof syncResult>;
