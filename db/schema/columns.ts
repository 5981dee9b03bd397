// Column shapes shared by the tables. The previous system wrote UTC into `timestamp`; whatever is new is `timestamptz`.
import { sql } from "drizzle-orm";
import { timestamp } from "drizzle-orm/pg-core";

export const legacyTime = (name: string) => timestamp(name, { mode: "date" });

export const legacyTimes = {
  createdAt: legacyTime("created_at").default(sql`CURRENT_TIMESTAMP`),
  updatedAt: legacyTime("updated_at").default(sql`CURRENT_TIMESTAMP`),
};

export const instant = (name: string) => timestamp(name, { mode: "date", withTimezone: true });

/** The request in whose transaction a row is written, which says so itself (server/request-id.ts). */
export const currentRequest = sql`nullif(current_setting('relance.request_id', true), '')`;
