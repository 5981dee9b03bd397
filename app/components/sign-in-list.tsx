import { CircleCheck, CircleX } from "lucide-react";
import { deviceLabel } from "#app/components/session-list.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { SignInRow } from "#server/users/views.ts";

const text = frAccount.signIns;

/** Who tried to sign in to the account, and from where. */
export function SignInList({ signIns }: { signIns: readonly SignInRow[] }) {
  const { now, format } = useClock();
  return (
    <Card>
      <CardHeader title={text.title} hint={text.hint} />
      {signIns.length === 0 && <CardBody className="text-ink-soft">{text.none}</CardBody>}
      <ul className="px-4 py-2 sm:px-6">
        {signIns.map(({ id, at, ip, userAgent, succeeded, kind }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line py-2.5 not-last:border-b"
          >
            <p className="min-w-0 text-[0.8125rem] text-ink-soft">
              <span className="font-medium text-ink text-sm" title={userAgent ?? undefined}>
                {deviceLabel(userAgent)}
              </span>
              <span className="block">
                {ip.replace("::ffff:", "")} · {format.relative(at, now)}
              </span>
            </p>
            <Badge tone={succeeded ? "accent" : "danger"} icon={succeeded ? CircleCheck : CircleX}>
              {succeeded ? text.succeeded : text.failed[kind]}
            </Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
