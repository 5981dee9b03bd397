// What keeps the installation from doing its work, as the dashboard and the metrics tell it.
import { z } from "zod";

export const alarmKinds = [
  "worker_silent",
  "work_waiting",
  "schema_behind",
  "events_unapplied",
  "sender_paused",
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export const alarm = z.discriminatedUnion("kind", [
  /** seconds since the last heartbeat; null: no worker ever ran */
  z.object({ kind: z.literal("worker_silent"), seconds: z.number().nullable() }),
  z.object({ kind: z.literal("work_waiting"), seconds: z.number() }),
  z.object({ kind: z.literal("schema_behind") }),
  z.object({
    kind: z.literal("events_unapplied"),
    /** a hundred at most */
    count: z.number(),
    seconds: z.number(),
  }),
  z.object({ kind: z.literal("sender_paused"), reason: z.string() }),
]);
export type Alarm = z.infer<typeof alarm>;
