import { CircleCheck, LogOut } from "lucide-react";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { useClock } from "#app/lib/clock.tsx";
import { deviceOf } from "#app/lib/device-name.ts";
import type { SessionRow } from "#server/users/views.ts";

const text = frAccount.sessions;

/** Where one is signed in, and the way out of each place but this. */
export function SessionList({ sessions }: { sessions: readonly SessionRow[] }) {
  return (
    <Card>
      <CardHeader
        title={text.title}
        hint={text.hint}
        actions={
          sessions.some(({ current }) => !current) && (
            <ActionButton intent="endOthers" size="sm" icon={<LogOut aria-hidden />}>
              {text.endOthers}
            </ActionButton>
          )
        }
      />
      <ul className="px-4 py-2 sm:px-6">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function SessionLine({
  session: { id, current, ip, userAgent, createdAt, lastSeenAt },
}: {
  session: SessionRow;
}) {
  const { now, format } = useClock();
  const device = deviceLabel(userAgent);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line py-3 not-last:border-b">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span title={userAgent ?? undefined}>{device}</span>
          {current && (
            <Badge tone="accent" icon={CircleCheck}>
              {text.current}
            </Badge>
          )}
        </p>
        <p className="text-[0.8125rem] text-ink-soft">
          {[
            ip?.replace("::ffff:", ""),
            text.opened(format.relative(createdAt, now)),
            text.seen(format.relative(lastSeenAt, now)),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {!current && (
        <ActionButton intent="end" fields={{ id }} size="sm" label={text.endLabel(device)}>
          {text.end}
        </ActionButton>
      )}
    </li>
  );
}

/** What a browser calls itself, as a person would. */
export function deviceLabel(userAgent: string | null): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return text.device(browser, system);
  return browser ?? system ?? text.unknown;
}
