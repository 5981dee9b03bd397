// The shape in which the sender's state leaves the server.
import { z } from "zod";

export const senderState = z.object({
  /** null: no worker has ever run for this number */
  id: z.number().nullable(),
  /** `whatsapp:+14155238886` */
  address: z.string(),
  intervalMs: z.number(),
  /** set: paused; with pausedUntil null until an admin resumes */
  pauseReason: z.string().nullable(),
  pauseCode: z.number().nullable(),
  pausedUntil: z.date().nullable(),
  workerAlive: z.boolean(),
});
export type SenderState = z.infer<typeof senderState>;
