import type { Turn } from "#server/queue/turns.ts";

/** What is kept for a time only is looked through once an hour. */
export const retentionTurn: Turn = { key: "retention_applied", everySeconds: 3600 };
