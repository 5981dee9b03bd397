// Everything a page or a list asks the server for, in every order and with every filter.
import { campaignStatuses } from "#server/domain/campaign-status.ts";
import { contactSituations, contactSorts, inboxFilters } from "#server/domain/inputs.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import { membershipStates } from "#server/domain/sandbox-membership.ts";
import { hitKinds } from "#server/domain/signature-match.ts";
import type { createCaller } from "#server/trpc/root.ts";

type Call = ReturnType<typeof createCaller>;
export type Some = Record<"contact" | "category" | "campaign" | "draft" | "message" | "import", number>;
type Pages = Record<string, (call: Call) => Promise<unknown>>;

/** By the name of the procedure, and what is asked of it. */
export const pagesOf = (some: Some): Pages => ({
  "stats.overview": (call) => call.stats.overview({ days: 90 }),
  "alarms.current": (call) => call.alarms.current(),
  "audit.list": (call) => call.audit.list({}),
  "audit.list of a subject": (call) => call.audit.list({ subject: "campaign" }),
  "audit.export": (call) => call.audit.export({}),
  "account.sessions": (call) => call.account.sessions(),
  "account.signIns": (call) => call.account.signIns(),
  "account.tokens": (call) => call.account.tokens(),
  "account.twoFactor": (call) => call.account.twoFactor(),
  "auth.resetLink": (call) => call.auth.resetLink({ token: "none" }),
  "templates.list": (call) => call.templates.list(),
  "users.list": (call) => call.users.list(),
  "senders.current": (call) => call.senders.current(),
  "categories.list": (call) => call.categories.list(),
  "search.everything": (call) => call.search.everything({ text: "nom777" }),
  "search.everything, a number": (call) => call.search.everything({ text: "07 00 01 23" }),
  "search.everything, a letter": (call) => call.search.everything({ text: "z" }),
  "search.everything, nothing": (call) => call.search.everything({ text: "xyzzy" }),
  ...contactPages(some),
  ...campaignPages(some),
  ...historyPages(some),
  ...webhookPages(),
  ...inboxPages(some),
  "sandbox.membership": (call) => call.sandbox.membership(),
  "sandbox.comebacks": (call) => call.sandbox.comebacks({}),
  "sandbox.reminders": (call) => call.sandbox.reminders(),
  "users.ownerless": (call) => call.users.ownerless(),
  "imports.list": (call) => call.imports.list(),
  "imports.get": (call) => call.imports.get({ id: some.import }),
  "imports.rows": (call) => call.imports.rows({ id: some.import, page: 2, verdict: "accepted" }),
  "imports.refused": (call) => call.imports.refused({ id: some.import }),
  "exports.contacts": (call) => call.exports.contacts({}),
  "exports.contacts of a search": (call) => call.exports.contacts({ search: "nom77" }),
  "exports.campaign": (call) => call.exports.campaign({ id: some.campaign }),
  "exports.messages": (call) => call.exports.messages({}),
  "exports.messages, the last": (call) => call.exports.messages({ after: 1_000 }),
  "exports.messages of an error": (call) => call.exports.messages({ status: "failed", errorCode: 63015 }),
  "exports.messages of two letters": (call) => call.exports.messages({ search: "77" }),
  "exports.messages of a campaign": (call) => call.exports.messages({ campaignId: some.campaign }),
});

function contactPages({ contact, category }: Some): Pages {
  const lists: Pages = {};
  for (const sort of contactSorts) {
    const list = (name: string, filter: Parameters<Call["contacts"]["list"]>[0]) => {
      lists[`contacts.list by ${sort}, ${name}`] = async (call) => {
        const first = await call.contacts.list({ sort, ...filter });
        if (first.next) await call.contacts.list({ sort, ...filter, after: first.next });
      };
    };
    list("all", {});
    for (const state of membershipStates) list(state, { state });
    for (const situation of contactSituations) list(situation, { situation });
    list("a category", { categoryId: category });
    list("a word", { search: "nom777" });
    list("a common word", { search: "camille" });
    list("a letter", { search: "z" });
    list("nothing", { search: "xyzzy" });
  }
  return {
    ...lists,
    "contacts.list, a deep page": (call) => call.contacts.list({ after: String(contact) }),
    "contacts.list, the last page": (call) => call.contacts.list({ before: "1" }),
    "contacts.get": (call) => call.contacts.get({ id: contact }),
    "contacts.history": (call) => call.contacts.history({ id: contact }),
    "contacts.history, answers": (call) => call.contacts.history({ id: contact, kind: "answer" }),
  };
}

function inboxPages({ contact }: Some): Pages {
  const list = (filter: Parameters<Call["conversations"]["list"]>[0]) => async (call: Call) => {
    const first = await call.conversations.list(filter);
    if (first.next) await call.conversations.list({ ...filter, after: first.next });
  };
  const filtered = inboxFilters.map((filter): [string, Pages[string]] => [
    `conversations.list, ${filter}`,
    list({ filter }),
  ]);
  return {
    "conversations.list": list({}),
    ...Object.fromEntries(filtered),
    "conversations.list, a word": list({ search: "nom777" }),
    "conversations.list, nothing": list({ search: "xyzzy" }),
    "conversations.counts": (call) => call.conversations.counts(),
    "conversations.get": (call) => call.conversations.get({ id: contact }),
    "quickReplies.list": (call) => call.quickReplies.list(),
    "strangers.list": (call) => call.strangers.list({}),
  };
}

function campaignPages({ campaign, draft, category, message }: Some): Pages {
  const ofStatuses = messageStatuses.map((status): [string, Pages[string]] => [
    `campaigns.messages, ${status}`,
    (call) => call.campaigns.messages({ id: campaign, status }),
  ]);
  const ofLists = campaignStatuses.map((status): [string, Pages[string]] => [
    `campaigns.list, ${status}`,
    (call) => call.campaigns.list({ status }),
  ]);
  return {
    "campaigns.list": (call) => call.campaigns.list({}),
    "campaigns.list of a search": (call) =>
      call.campaigns.list({ search: "campagne 1", status: "completed" }),
    ...Object.fromEntries(ofLists),
    "campaigns.list, archived": (call) => call.campaigns.list({ archived: true }),
    "campaigns.audience": (call) => call.campaigns.audience({ categoryIds: [category] }),
    "campaigns.get, a draft": (call) => call.campaigns.get({ id: draft }),
    "campaigns.preflight": (call) => call.campaigns.preflight({ id: draft }),
    "campaigns.get": (call) => call.campaigns.get({ id: campaign }),
    "campaigns.messages": (call) => call.campaigns.messages({ id: campaign }),
    "campaigns.messages, further": (call) => call.campaigns.messages({ id: campaign, after: message }),
    "campaigns.messages, back": (call) => call.campaigns.messages({ id: campaign, before: message }),
    ...Object.fromEntries(ofStatuses),
    // of one with messages it reads them all
    "proof.campaign": (call) => call.proof.campaign({ id: draft }),
    "proof.undecided": (call) => call.proof.undecided({ id: campaign }),
    "messages.get": (call) => call.messages.get({ id: message }),
    "proof.message": (call) => call.proof.message({ id: message }),
    "proof.journal": (call) => call.proof.journal({ id: message }),
  };
}

function historyPages({ campaign, message }: Some): Pages {
  const ofStatuses = messageStatuses.map((status): [string, Pages[string]] => [
    `messages.list, ${status}`,
    (call) => call.messages.list({ status }),
  ]);
  return {
    "messages.choices": (call) => call.messages.choices(),
    "messages.list": (call) => call.messages.list({}),
    "messages.list, an old page": (call) => call.messages.list({ after: message }),
    "messages.list, the last page": (call) => call.messages.list({ before: 1 }),
    ...Object.fromEntries(ofStatuses),
    "messages.list of an error": (call) => call.messages.list({ errorCode: 63015 }),
    "messages.campaigns": (call) => call.messages.campaigns({ search: "campagne 1" }),
    "messages.list of a reason": (call) => call.messages.list({ reason: "failed" }),
    "messages.list of a campaign's reason": (call) =>
      call.messages.list({ reason: "window_closed", campaignId: campaign }),
    "messages.list of no error": (call) => call.messages.list({ errorCode: 12345 }),
    "messages.list of a campaign": (call) => call.messages.list({ campaignId: campaign }),
    "messages.list of a campaign and status": (call) =>
      call.messages.list({ campaignId: campaign, status: "skipped" }),
    "messages.list of a day": (call) => call.messages.list({ from: "2000-01-01", to: "2000-01-01" }),
    "messages.list of a period": (call) => call.messages.list({ from: "2000-01-01", to: "2100-01-01" }),
    "messages.list, a rare word": (call) => call.messages.list({ search: "4711" }),
    "messages.list, a common word": (call) => call.messages.list({ search: "relance" }),
    "messages.list, a name": (call) => call.messages.list({ search: "nom777" }),
    "messages.list, a name, failed": (call) => call.messages.list({ search: "nom777", status: "failed" }),
    "messages.list, two letters": (call) => call.messages.list({ search: "77" }),
    "messages.list, a letter nobody begins with": (call) => call.messages.list({ search: "q" }),
    "messages.list, nothing": (call) => call.messages.list({ search: "xyzzy" }),
  };
}

function webhookPages(): Pages {
  const filters: Parameters<Call["webhooks"]["list"]>[0][] = [
    {},
    ...hitKinds.map((kind) => ({ kind })),
    { kind: "inbound", verdict: "accepted" },
    { verdict: "refused" },
    { verdict: "accepted" },
    { state: "waiting" },
    { state: "applied" },
    { sid: "SM1" },
  ];
  const lists = filters.map((filter): [string, Pages[string]] => [
    `webhooks.list, ${JSON.stringify(filter)}`,
    async (call) => {
      const first = await call.webhooks.list(filter);
      if (first.next) await call.webhooks.list({ ...filter, after: first.next });
    },
  ]);
  return { ...Object.fromEntries(lists), "webhooks.get": (call) => call.webhooks.get({ id: 1 }) };
}
