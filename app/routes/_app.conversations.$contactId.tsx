import { randomUUID } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { NoteOptOut, OptOutBanner } from "#app/components/opt-out-card.tsx";
import { ReplyBox } from "#app/components/reply-box.tsx";
import { Thread } from "#app/components/thread.tsx";
import { ThreadHeader } from "#app/components/thread-header.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { contactLabel } from "#app/lib/contact-name.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import type { FormReader } from "#app/lib/form-reader.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { listPart } from "#app/lib/inbox-query.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaignsOf } from "#app/lib/use-live-inbox.ts";
import { useMarkRead } from "#app/lib/use-mark-read.ts";

const text = frConversations;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data ? text.thread.label(contactLabel(data.contact)) : text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const { searchParams } = new URL(args.request.url);
  const id = Number(args.params.contactId);
  const [conversation, templates, quickReplies] = await Promise.all([
    caller.conversations.get({ id, before: searchParams.get("fil")?.slice(0, 500) }),
    caller.templates.list(),
    caller.quickReplies.list(),
  ]);
  return { ...conversation, templates, quickReplies, replyKey: randomUUID() };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.contactId);
  const { searchParams } = new URL(args.request.url);
  const inbox = listPart(searchParams);
  // a reply is at the newest end of the thread, whatever page of it was open
  const thread = paths.conversation(id) + inbox;
  return formAction<{ done: true }>(args, {
    reply: async (caller, form) => {
      await caller.conversations.reply({ id, key: form.text("key"), text: form.text("text") });
      return { to: thread };
    },
    template: async (caller, form) => {
      const templateId = form.id("templateId");
      const key = form.text("key");
      await caller.conversations.replyByTemplate({ id, key, templateId, values: variablesOf(form) });
      return { to: thread };
    },
    resend: async (caller, form) => {
      await caller.conversations.resend({ id: form.id("messageId") });
      return { to: thread, toast: text.thread.resent };
    },
    cancel: async (caller, form) => {
      await caller.conversations.cancelReply({ id: form.id("messageId") });
      return { to: thread, toast: text.thread.cancelled };
    },
    read: async (caller, form) => {
      await caller.conversations.markRead({ id, upTo: form.id("upTo") });
      return form.text("byItself") ? { show: { done: true } } : { to: thread };
    },
    unread: async (caller) => {
      await caller.conversations.markUnread({ id });
      return { to: paths.conversations() + inbox };
    },
    optOut: async (caller, form) => {
      await caller.contacts.optOut({ id, reason: form.text("reason") });
      return { to: thread, toast: text.optOut.noted };
    },
    lift: async (caller, form) => {
      await caller.contacts.liftOptOut({ id, reason: form.text("reason") });
      return { to: thread, toast: text.optOut.lifted };
    },
  });
}

function variablesOf(form: FormReader): Record<string, string> {
  const names = [...form.data.keys()].flatMap(
    (key) => /^variables\.([A-Za-z0-9_]{1,16})$/.exec(key)?.[1] ?? [],
  );
  return Object.fromEntries(names.map((name) => [name, form.text(`variables.${name}`)]));
}

export default function ConversationPage() {
  const { contact, items, older, lastReceivedId, templates, quickReplies, replyKey } =
    useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const problem = useProblem();
  const isNewest = !params.has("fil");
  useMarkRead({ active: contact.unread && contact.isMine && isNewest, upTo: lastReceivedId });
  useLiveCampaignsOf(
    items.flatMap((item) => (item.kind === "sent" && item.campaign ? [item.campaign.id] : [])),
  );
  return (
    <Card
      key={contact.id}
      aria-label={text.thread.label(contactLabel(contact))}
      className="min-w-0 overflow-hidden"
    >
      <ThreadHeader contact={contact} lastReceivedId={lastReceivedId} />
      {contact.optedOutAt && <OptOutBanner since={contact.optedOutAt} problem={problem("lift")} />}
      <Thread items={items} older={older} contactId={contact.id} />
      <ReplyBox
        contact={contact}
        templates={templates}
        quickReplies={quickReplies}
        replyKey={replyKey}
        problem={problem("reply") ?? problem("template")}
      />
      {!contact.optedOutAt && (
        <div className="px-4 pb-3">
          <NoteOptOut problem={problem("optOut")} />
        </div>
      )}
    </Card>
  );
}

/** What a form of this page was refused for, by what it asked. */
function useProblem(): (intent: string) => FormProblem | undefined {
  const answer = useActionData<typeof action>();
  return (intent) =>
    answer && "fieldErrors" in answer && answer.values.intent?.[0] === intent ? answer : undefined;
}
