import {
  CircleHelp,
  FlaskConical,
  type LucideIcon,
  MessageSquareReply,
  Radio,
  ShieldCheck,
  ShieldX,
} from "lucide-react";
import { Badge, type Tone } from "#app/components/ui/badge.tsx";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import type { HitKind } from "#server/domain/signature-match.ts";
import type { HitRow } from "#server/webhooks/views.ts";

const text = frWebhooks;

export function VerdictBadge({ verdict }: Pick<HitRow, "verdict">) {
  const accepted = verdict === "accepted";
  return (
    <Badge tone={accepted ? "accent" : "danger"} icon={accepted ? ShieldCheck : ShieldX}>
      {text.verdicts[verdict]}
    </Badge>
  );
}

const kindLooks: Record<HitKind, { tone: Tone; icon: LucideIcon }> = {
  inbound: { tone: "info", icon: MessageSquareReply },
  status: { tone: "neutral", icon: Radio },
  test: { tone: "neutral", icon: FlaskConical },
  unknown: { tone: "neutral", icon: CircleHelp },
};

/** What a hit is about; of a status, Twilio's word too. */
export function HitKindBadge({ kind, status }: Pick<HitRow, "kind" | "status">) {
  const word = status && (frJournal.twilioStatuses[status] ?? status);
  return (
    <Badge {...kindLooks[kind]}>
      {word ? `${text.kinds[kind]} : ${word.slice(0, 40)}` : text.kinds[kind]}
    </Badge>
  );
}
