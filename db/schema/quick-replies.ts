// Texts a user writes often, each behind a short word (`/merci`).
import { sql } from "drizzle-orm";
import { integer, pgTable, serial, text, unique } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { users } from "./users.ts";

export const quickReplies = pgTable(
  "quick_replies",
  {
    id: serial("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** lower case, without the slash */
    shortcut: text("shortcut").notNull(),
    content: text("content").notNull(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("quick_replies_user_id_shortcut_key").on(t.userId, t.shortcut)],
);
