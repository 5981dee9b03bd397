import { Link } from "@remix-run/react";
import { Check, CircleHelp, RefreshCw, X } from "lucide-react";
import { MessageText } from "#app/components/message-text.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { Candidate } from "#server/messages/views.ts";

const text = frJournal.decide;

type DecideCardProps = {
  /** as Twilio shows them now; null: it does not answer; undefined: it is being asked */
  candidates: readonly Candidate[] | null | undefined;
  /** when the request was made whose answer was lost */
  requestedAt: Date | null;
  page: string;
};

/** Several messages at Twilio may be this one: the admin says which, or that none is. */
export function DecideCard({ candidates, requestedAt, page }: DecideCardProps) {
  const { format } = useClock();
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <CircleHelp aria-hidden className="size-4 text-warning-ink" />
            {text.title}
          </span>
        }
        hint={text.text}
      />
      <CardBody className="grid gap-4">
        {requestedAt && (
          <p className="text-ink-soft tabular-nums">{text.waiting(format.preciseTime(requestedAt))}</p>
        )}
        {candidates === null && <p role="alert">{text.unavailable}</p>}
        {candidates === undefined && <p className="text-ink-soft">{fr.common.loading}</p>}
        {candidates && (
          <>
            {candidates.length === 0 && <p>{text.empty}</p>}
            <ul aria-label={text.candidates} className="grid gap-3">
              {candidates.map((candidate) => (
                <CandidateItem key={candidate.sid} candidate={candidate} />
              ))}
            </ul>
          </>
        )}
        <div className="flex flex-wrap gap-2">
          {candidates && (
            <ConfirmButton
              intent="decline"
              icon={<X aria-hidden />}
              title={text.noneTitle}
              description={<p>{text.noneText}</p>}
              confirm={text.noneConfirm}
            >
              {text.none}
            </ConfirmButton>
          )}
          <Button asChild variant="ghost">
            <Link to={page} preventScrollReset>
              <RefreshCw aria-hidden />
              {text.refresh}
            </Link>
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}

function CandidateItem({ candidate }: { candidate: Candidate }) {
  const { now, format } = useClock();
  const { sid, createdAt, body } = candidate;
  const status = frJournal.twilioStatuses[candidate.status] ?? candidate.status;
  return (
    <li className="grid gap-3 rounded-lg border border-line p-3 sm:grid-cols-[1fr_auto] sm:items-center">
      <div className="grid min-w-0 gap-1">
        <p>
          <span className="font-medium">{text.atTwilio(status)}</span>
          <span className="text-ink-soft">
            {`, ${text.created(format.date(createdAt, now), format.preciseTime(createdAt).slice(0, 8))}`}
          </span>
        </p>
        <p className="break-words text-[0.8125rem]">
          <MessageText text={body} />
        </p>
        <p className="text-ink-soft text-xs">
          <code className="break-all">{sid}</code>, {text.unowned}
        </p>
      </div>
      <ConfirmButton
        intent="adopt"
        fields={{ sid }}
        icon={<Check aria-hidden />}
        variant="primary"
        size="sm"
        tone="primary"
        label={text.adoptLabel(sid)}
        title={text.adoptTitle}
        description={
          <>
            <p>{text.adoptText(status)}</p>
            <p>
              <code className="break-all text-xs">{sid}</code>
            </p>
          </>
        }
        confirm={text.adopt}
      >
        {text.adopt}
      </ConfirmButton>
    </li>
  );
}
