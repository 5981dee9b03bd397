// What protects an account besides its password, and what opens it without one. Of every secret only a hash is here, the
// TOTP secrets apart: they have to be read, and are encrypted.
import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, serial, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { users } from "./users.ts";

/** The second factor of an account; it counts once its owner has shown a code of it. */
export const twoFactors = pgTable("two_factors", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** server/users/two-factor-secret.ts */
  secret: text("secret").notNull(),
  createdAt: instant("created_at").notNull().default(sql`now()`),
  confirmedAt: instant("confirmed_at"),
  /** the period of the last code that was taken: none of it or before is taken again */
  lastPeriod: bigint("last_period", { mode: "number" }).notNull().default(0),
});

/** Each opens its account once where the second factor is out of reach. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: serial("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("recovery_codes_user_id").on(t.userId)],
);

/** Links by which somebody gives themselves a new password, one for each account at most. */
export const passwordResets = pgTable("password_resets", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instant("created_at").notNull().default(sql`now()`),
  expiresAt: instant("expires_at").notNull(),
});

export const apiTokens = pgTable(
  "api_tokens",
  {
    id: serial("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    /** its first letters, to tell it from others */
    hint: text("hint").notNull(),
    scope: text("scope").$type<"read" | "write">().notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    lastUsedAt: instant("last_used_at"),
    lastUsedIp: text("last_used_ip"),
  },
  (t) => [
    index("api_tokens_user_id").on(t.userId),
    check("api_tokens_scope_check", sql`scope in ('read', 'write')`),
  ],
);
