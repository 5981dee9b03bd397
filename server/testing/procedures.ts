// Who may call each procedure, with an input that names rows of one owner: the authorisation matrix. A procedure that is
// missing here fails server/trpc/authorisation.db.test.ts.
/** In every text of theirs: whoever reads it has been told of them. */
export const ownersMark = "À Claire";

/** Rows of one admin, each of which some procedure names. */
export type OwnedRows = Record<
  | "campaign"
  | "draft"
  | "category"
  | "contact"
  | "message"
  | "reply"
  | "import"
  | "quickReply"
  | "token"
  | "template"
  | "hit"
  | "stranger"
  | "user",
  number
>;

/**
 * `everybody`; `user`: whoever is signed in, a token too; `person`: without a token; `super`: a super admin, `keeper`: in
 * person.
 */
type Access = "everybody" | "user" | "person" | "super" | "keeper";

export type ProcedureRule = {
  access: Access;
  input?: (rows: OwnedRows) => unknown;
  /** what another admin is told is not there; with `private`, a super admin too */
  hides?: string;
  /** it answers with several rows, the owner's among them when the owner asks, or a super admin unless `private` */
  lists?: true;
  private?: true;
};

const own = (hides: string, input: (rows: OwnedRows) => unknown): ProcedureRule => ({
  access: "user",
  hides,
  input,
});
const listing = (input: (rows: OwnedRows) => unknown = () => undefined): ProcedureRule => ({
  access: "user",
  lists: true,
  input,
});
/** What all share, what is counted, and what makes a row and names none. */
const open = (input?: unknown): ProcedureRule => ({ access: "user", input: () => input });
const person = (input?: unknown): ProcedureRule => ({ access: "person", input: () => input });
const keeper = (input: (rows: OwnedRows) => unknown = () => undefined): ProcedureRule => ({
  access: "keeper",
  input,
});
const superAdmin = (input: (rows: OwnedRows) => unknown = () => undefined): ProcedureRule => ({
  access: "super",
  input,
});
const everybody = (input?: unknown): ProcedureRule => ({ access: "everybody", input: () => input });

const campaign = (rows: OwnedRows) => ({ id: rows.campaign });
const byCampaign = (rows: OwnedRows) => ({ campaignId: rows.campaign });
const draft = (rows: OwnedRows) => ({ id: rows.draft });
const contact = (rows: OwnedRows) => ({ id: rows.contact });
const message = (rows: OwnedRows) => ({ id: rows.message });
const imported = (rows: OwnedRows) => ({ id: rows.import });

const password = { currentPassword: "une phrase à retenir" };
const number = { number: "+33639989999", categoryIds: [] };
const written = (rows: OwnedRows) => ({ name: "Une autre", categoryIds: [rows.category], variables: {} });

export const procedureRules: Record<string, ProcedureRule> = {
  "account.changePassword": person({ ...password, newPassword: "une phrase toute neuve" }),
  "account.twoFactor": person(),
  "account.startTwoFactor": person(password),
  "account.cancelTwoFactor": person(),
  "account.confirmTwoFactor": person({ code: "123456" }),
  "account.renewRecoveryCodes": person(password),
  "account.removeTwoFactor": person(password),
  "account.signIns": person(),
  "account.tokens": { ...person(), lists: true, private: true },
  "account.createToken": person({ ...password, name: "n", scope: "read", days: 30 }),
  "account.revokeToken": {
    access: "person",
    hides: "api_token",
    private: true,
    input: (rows) => ({ id: rows.token }),
  },
  "account.sessions": person(),
  "account.endSession": person({ id: "0123456789abcdef" }),
  "account.endOtherSessions": person(),
  "alarms.current": open(),
  "audit.list": superAdmin(() => ({})),
  "audit.kept": superAdmin(),
  "audit.export": superAdmin(() => ({})),
  "auth.signIn": everybody({ email: "personne@relance.test", password: "x" }),
  "auth.signInWithCode": everybody({ challenge: "1.2.x", code: "123456" }),
  "auth.resetLink": everybody({ token: "x" }),
  "auth.useResetLink": everybody({ token: "x", newPassword: "une phrase toute neuve" }),
  "auth.signOut": everybody(),
  "auth.me": everybody(),
  "campaigns.list": listing(() => ({})),
  "campaigns.get": own("campaign", campaign),
  "campaigns.messages": own("campaign", campaign),
  "campaigns.audience": listing((rows) => ({ categoryIds: [rows.category] })),
  "campaigns.create": own("category", written),
  "campaigns.update": own("campaign", (rows) => ({ ...draft(rows), ...written(rows) })),
  "campaigns.delete": own("campaign", draft),
  "campaigns.duplicate": own("campaign", campaign),
  "campaigns.archive": own("campaign", (rows) => ({ ...campaign(rows), archived: true })),
  "campaigns.launch": own("campaign", draft),
  "campaigns.preflight": own("campaign", draft),
  "campaigns.schedule": own("campaign", (rows) => ({ ...draft(rows), date: "2099-01-01", time: "10:00" })),
  "campaigns.unschedule": own("campaign", draft),
  "campaigns.sendTest": own("campaign", (rows) => ({ ...draft(rows), number: "+33639989998" })),
  "campaigns.pause": own("campaign", campaign),
  "campaigns.resume": own("campaign", campaign),
  "campaigns.cancel": own("campaign", campaign),
  "campaigns.retryFailed": own("campaign", (rows) => ({ ...campaign(rows), messageId: rows.message })),
  "categories.list": listing(),
  "categories.create": open({ name: "Une autre", color: "#22aa66" }),
  "categories.update": own("category", (rows) => ({
    id: rows.category,
    name: "Une autre",
    color: "#22aa66",
  })),
  "categories.delete": own("category", (rows) => ({ id: rows.category })),
  "contacts.list": listing(() => ({ categoryId: null })),
  "contacts.get": own("contact", contact),
  "contacts.history": own("contact", contact),
  "contacts.create": own("category", (rows) => ({ ...number, categoryIds: [rows.category] })),
  "contacts.update": own("contact", (rows) => ({ ...contact(rows), ...number })),
  "contacts.delete": own("contact", contact),
  "contacts.exportData": own("contact", contact),
  "contacts.erase": own("contact", contact),
  "contacts.optOut": own("contact", (rows) => ({ ...contact(rows), reason: "Demandé" })),
  "contacts.liftOptOut": own("contact", (rows) => ({ ...contact(rows), reason: "Demandé" })),
  "contacts.categorise": own("category", (rows) => ({
    choice: { ids: [rows.contact] },
    categoryId: rows.category,
  })),
  "contacts.uncategorise": own("category", (rows) => ({
    choice: { ids: [rows.contact] },
    categoryId: rows.category,
  })),
  "contacts.deleteMany": { access: "user", input: (rows) => ({ choice: { ids: [rows.contact] } }) },
  "doctor.checks": open(),
  "conversations.list": listing(() => ({})),
  "conversations.counts": open(),
  "conversations.get": own("contact", contact),
  "conversations.reply": own("contact", (rows) => ({
    ...contact(rows),
    key: "cle-matrice",
    text: "Bonjour",
  })),
  "conversations.replyByTemplate": own("contact", (rows) => ({
    ...contact(rows),
    key: "cle-matrice",
    templateId: rows.template,
    values: { 1: "a", 2: "b" },
  })),
  "conversations.resend": own("message", (rows) => ({ id: rows.reply })),
  "conversations.cancelReply": own("message", (rows) => ({ id: rows.reply })),
  "conversations.markRead": own("contact", (rows) => ({ ...contact(rows), upTo: 1 })),
  "conversations.markUnread": own("contact", contact),
  "conversations.media": own("contact", (rows) => ({ contactId: rows.contact, id: 1, index: 0 })),
  "exports.contacts": listing(() => ({})),
  "exports.campaign": own("campaign", campaign),
  "exports.messages": listing(byCampaign),
  "imports.list": listing(),
  "imports.get": own("import", imported),
  "imports.rows": own("import", imported),
  "imports.refused": own("import", imported),
  "imports.create": open({ fileName: "a.csv", bytes: Buffer.from("0639989997") }),
  "imports.configure": own("import", (rows) => ({
    ...imported(rows),
    columns: { number: 0 },
    hasHeader: false,
    country: "FR",
    categoryIds: [],
  })),
  "imports.editRow": own("import", (rows) => ({
    ...imported(rows),
    line: 1,
    values: { number: "0639989996" },
  })),
  "imports.start": own("import", imported),
  "imports.retry": own("import", imported),
  "imports.undo": own("import", imported),
  "live.changes": person(),
  "messages.list": listing(byCampaign),
  "messages.choices": listing(byCampaign),
  "messages.campaigns": listing(() => ({ search: ownersMark })),
  "messages.get": own("message", message),
  "proof.campaign": own("campaign", campaign),
  "proof.message": own("message", message),
  "proof.journal": own("message", message),
  "proof.undecided": own("campaign", campaign),
  "proof.candidates": own("message", message),
  "proof.decide": own("message", (rows) => ({ ...message(rows), sid: null })),
  "quickReplies.list": { ...listing(), private: true },
  "quickReplies.create": open({ shortcut: "autre", content: "Bonjour" }),
  "quickReplies.update": {
    ...own("quick_reply", (rows) => ({ id: rows.quickReply, shortcut: "autre", content: "Bonjour" })),
    private: true,
  },
  "quickReplies.delete": { ...own("quick_reply", (rows) => ({ id: rows.quickReply })), private: true },
  "sandbox.info": open(),
  "sandbox.console": open(),
  "sandbox.membership": open(),
  "sandbox.reminders": open(),
  "sandbox.comebacks": open({}),
  "sandbox.resend": open({ messageIds: [1] }),
  "search.everything": listing(() => ({ text: ownersMark })),
  "senders.current": open(),
  "senders.resume": open(),
  "stats.overview": listing(() => ({})),
  "strangers.list": superAdmin(() => ({})),
  "strangers.get": superAdmin((rows) => ({ id: rows.stranger })),
  "strangers.makeContact": superAdmin((rows) => ({
    id: rows.stranger,
    number: "+33639989995",
    categoryIds: [],
  })),
  "strangers.media": superAdmin((rows) => ({ strangerId: rows.stranger, id: 1, index: 0 })),
  "templates.list": open(),
  "templates.sync": open(),
  "users.list": keeper(),
  "users.create": keeper(() => ({ email: "nouveau@relance.test", role: "admin" })),
  "users.resetPassword": keeper((rows) => ({ id: rows.user })),
  "users.createResetLink": keeper((rows) => ({ id: rows.user })),
  "users.removeTwoFactor": keeper((rows) => ({ id: rows.user })),
  "users.setActive": keeper((rows) => ({ id: rows.user, isActive: false })),
  "users.changeRole": keeper((rows) => ({ id: rows.user, role: "super_admin" })),
  "users.assignOwner": keeper((rows) => ({ subject: "contact", id: rows.contact, ownerId: rows.user })),
  "users.ownerless": keeper(),
  "users.assignOwnerless": keeper((rows) => ({ ownerId: rows.user })),
  "webhooks.list": superAdmin(() => ({})),
  "webhooks.get": superAdmin((rows) => ({ id: rows.hit })),
  "webhooks.replay": superAdmin((rows) => ({ id: rows.hit })),
  "webhooks.sendTest": superAdmin(),
};
