// The file in which all that is held about a contact leaves the server.
import { z } from "zod";

const rows = z.array(z.record(z.string(), z.unknown()));

export const contactFile = z.object({
  exportedAt: z.string(),
  /** false: what other admins' campaigns hold is left out */
  complete: z.boolean(),
  contact: z.record(z.string(), z.unknown()),
  categories: z.array(z.string()),
  messages: rows,
  answers: rows,
  changes: rows,
  /** calls of Twilio about them, for as long as they are kept */
  calls: rows,
});
export type ContactFile = z.infer<typeof contactFile>;
