// Sign-in: sessions live here (the cookie carries only a random token), and failures are counted here.
import { sql } from "drizzle-orm";
import { bigserial, boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { users } from "./users.ts";

export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    lastSeenAt: instant("last_seen_at").notNull().default(sql`now()`),
    ip: text("ip"),
    userAgent: text("user_agent"),
  },
  (t) => [index("sessions_user_id").on(t.userId), index("sessions_last_seen_at").on(t.lastSeenAt)],
);

export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    email: text("email").notNull(),
    ip: text("ip").notNull(),
    succeeded: boolean("succeeded").notNull(),
    at: instant("at").notNull().default(sql`now()`),
    /** what was tried: the password or a code of a sign-in, or the password of somebody who is signed in */
    kind: text("kind").$type<"password" | "code" | "confirmation">().notNull().default("password"),
    userAgent: text("user_agent"),
  },
  (t) => [
    index("sign_in_attempts_recent").on(t.email, t.ip, t.at),
    index("sign_in_attempts_at").on(t.at),
    check("sign_in_attempts_kind_check", sql`kind in ('password', 'code', 'confirmation')`),
  ],
);
