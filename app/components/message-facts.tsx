import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { MessageReason } from "#app/components/message-reason.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { recipientLabel, recipientNumber } from "#app/lib/message-recipient.ts";
import { paths } from "#app/lib/paths.ts";
import type { MessageDetail } from "#server/messages/views.ts";

const text = fr.messages.sheet;

/** What was written, to whom, and where it stands. */
export function MessageFacts({ message }: { message: MessageDetail }) {
  const { contact, status, type, sid, content } = message;
  const name = recipientLabel(message);
  return (
    <Card>
      <CardHeader title={text.text} />
      <CardBody className="grid gap-5">
        <div className="rounded-lg bg-chat-wall p-4">
          <p className="w-fit max-w-md rounded-2xl rounded-tl-sm bg-chat-in px-3 py-2 text-ink shadow-card">
            <MessageText text={content} />
          </p>
        </div>
        <dl className="grid gap-4 sm:grid-cols-2">
          <Fact term={text.to}>
            {contact && !contact.deleted ? (
              <Link to={paths.contact(contact.id)} className="underline underline-offset-2">
                {name}
              </Link>
            ) : (
              fr.messages.deletedContact
            )}
          </Fact>
          <Fact term={text.number}>
            <span className="tabular-nums">{recipientNumber(message) ?? fr.common.none}</span>
          </Fact>
          <Fact term={text.type}>{type ? fr.messages.types[type] : fr.common.none}</Fact>
          {sid && (
            <Fact term={text.sid}>
              <code className="break-all text-xs">{sid}</code>
            </Fact>
          )}
          {status !== "failed" && (
            <Fact term={fr.messages.columns.status}>
              {status !== "uncertain" && `${fr.messages.statusHints[status]}. `}
              <MessageReason message={message} />
            </Fact>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-ink-soft text-xs">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
