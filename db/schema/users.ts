import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, serial, varchar } from "drizzle-orm/pg-core";
import { legacyTimes } from "./columns.ts";

export const users = pgTable(
  "users",
  {
    id: serial("id").primaryKey(),
    email: varchar("email", { length: 255 }).notNull().unique(),
    passwordHash: varchar("password_hash", { length: 255 }).notNull(),
    role: varchar("role", { length: 50 }).$type<"super_admin" | "admin">().notNull(),
    isActive: boolean("is_active").default(true),
    ...legacyTimes,
  },
  (t) => [
    index("idx_users_email").on(t.email),
    index("idx_users_role").on(t.role),
    check("users_role_check", sql`role in ('super_admin', 'admin')`),
  ],
);
