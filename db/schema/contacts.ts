import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import { instant, legacyTime, legacyTimes } from "./columns.ts";
import { users } from "./users.ts";

export const categories = pgTable(
  "categories",
  {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 255 }).notNull(),
    color: varchar("color", { length: 50 }),
    createdBy: integer("created_by").references(() => users.id, { onDelete: "set null" }),
    ...legacyTimes,
  },
  (t) => [index("idx_categories_created_by").on(t.createdBy)],
);

/** Why a contact is never sent to although it is there: found when the previous database was taken over. */
export type ContactFlag = "duplicate" | "invalid_number";

export const contacts = pgTable(
  "contacts",
  {
    id: serial("id").primaryKey(),
    phoneNumber: varchar("phone_number", { length: 20 }).notNull(),
    countryCode: varchar("country_code", { length: 5 }).notNull(),
    fullNumber: varchar("full_number", { length: 25 }).notNull().unique(),
    firstName: varchar("first_name", { length: 100 }),
    lastName: varchar("last_name", { length: 100 }),
    whatsappVerified: boolean("whatsapp_verified"),
    verifiedAt: legacyTime("verified_at"),
    createdBy: integer("created_by").references(() => users.id, { onDelete: "set null" }),
    ...legacyTimes,
    sandboxJoinedAt: instant("sandbox_joined_at"),
    sandboxLeftAt: instant("sandbox_left_at"),
    lastInboundAt: instant("last_inbound_at"),
    optedOutAt: instant("opted_out_at"),
    externalUserId: text("external_user_id").unique(),
    flag: text("flag").$type<ContactFlag>(),
    deletedAt: instant("deleted_at"),
    /** the CSV import that made it */
    importId: integer("import_id"),
    /** the last message received, or written by hand; its place in the inbox. NULL: no conversation yet */
    conversedAt: instant("conversed_at"),
    /** what was received up to then has been read by whoever answers for the contact */
    inboundReadAt: instant("inbound_read_at"),
    /** nothing is left that says who it was; always deleted too */
    erasedAt: instant("erased_at"),
  },
  (t) => [
    index("contacts_deleted").on(t.deletedAt).where(sql`deleted_at is not null and erased_at is null`),
    index("contacts_import_id").on(t.importId).where(sql`import_id is not null`),
    index("idx_contacts_full_number").on(t.fullNumber),
    index("idx_contacts_created_by").on(t.createdBy),
    index("idx_contacts_whatsapp_verified").on(t.whatsappVerified),
  ],
);

export const categoryContacts = pgTable(
  "category_contacts",
  {
    id: serial("id").primaryKey(),
    categoryId: integer("category_id").references((): AnyPgColumn => categories.id, { onDelete: "cascade" }),
    contactId: integer("contact_id").references((): AnyPgColumn => contacts.id, { onDelete: "cascade" }),
    addedAt: legacyTime("added_at").default(sql`CURRENT_TIMESTAMP`),
  },
  (t) => [
    unique("category_contacts_category_id_contact_id_key").on(t.categoryId, t.contactId),
    index("idx_category_contacts_category").on(t.categoryId),
    index("idx_category_contacts_contact").on(t.contactId),
  ],
);

/** Numbers of people who had themselves erased, as keyed hashes (server/privacy/number-hash.ts). */
export const erasedNumbers = pgTable("erased_numbers", {
  hash: text("hash").primaryKey(),
  erasedAt: instant("erased_at").notNull().default(sql`now()`),
});

export const contactChanges = pgTable(
  "contact_changes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    contactId: integer("contact_id")
      .notNull()
      .references(() => contacts.id, { onDelete: "cascade" }),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
    action: text("action")
      .$type<"created" | "updated" | "deleted" | "revived" | "opted_out" | "opted_in">()
      .notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    at: instant("at").notNull().default(sql`now()`),
  },
  (t) => [index("contact_changes_contact_id").on(t.contactId)],
);
