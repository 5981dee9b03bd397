import {
  Ban,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  Clock,
  Eye,
  FilePen,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Send,
  SkipForward,
  UserCheck,
  UserX,
} from "lucide-react";
import { Badge, type Tone } from "#app/components/ui/badge.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";
import {
  type MembershipFacts,
  type MembershipState,
  sandboxMembership,
} from "#server/domain/sandbox-membership.ts";

type Look = { tone: Tone; icon: LucideIcon; spin?: boolean };

const messageLooks: Record<MessageStatus, Look> = {
  pending: { tone: "neutral", icon: Clock },
  sending: { tone: "info", icon: LoaderCircle, spin: true },
  uncertain: { tone: "warning", icon: CircleHelp },
  sent: { tone: "neutral", icon: Send },
  delivered: { tone: "accent", icon: CheckCheck },
  read: { tone: "info", icon: Eye },
  failed: { tone: "danger", icon: CircleAlert },
  skipped: { tone: "neutral", icon: SkipForward },
  cancelled: { tone: "neutral", icon: Ban },
};

export function MessageStatusBadge({ status }: { status: MessageStatus }) {
  return (
    <Badge {...messageLooks[status]} title={fr.messages.statusHints[status]}>
      {fr.messages.statuses[status]}
    </Badge>
  );
}

const campaignLooks: Record<CampaignStatus, Look> = {
  draft: { tone: "neutral", icon: FilePen },
  scheduled: { tone: "info", icon: Clock },
  sending: { tone: "accent", icon: LoaderCircle, spin: true },
  paused: { tone: "warning", icon: CirclePause },
  completed: { tone: "neutral", icon: CircleCheck },
  cancelled: { tone: "neutral", icon: Ban },
  failed: { tone: "danger", icon: CircleAlert },
};

export function CampaignStatusBadge({ status }: { status: CampaignStatus }) {
  return <Badge {...campaignLooks[status]}>{fr.campaigns.statuses[status]}</Badge>;
}

const membershipLooks: Record<MembershipState, Look> = {
  member: { tone: "accent", icon: UserCheck },
  expiring: { tone: "warning", icon: Hourglass },
  expired: { tone: "warning", icon: CircleAlert },
  left: { tone: "danger", icon: UserX },
  unknown: { tone: "neutral", icon: CircleDashed },
};

type MembershipBadgeProps = { contact: MembershipFacts; membershipHours: number };

/** Whether the contact is in the sandbox, as far as one can tell (criterion 7.4). */
export function MembershipBadge({ contact, membershipHours }: MembershipBadgeProps) {
  const { now, format } = useClock();
  const { state, endsAt } = sandboxMembership(contact, now, membershipHours);
  const hint = fr.sandbox.membershipHint[state];
  const title = typeof hint === "string" ? hint : hint(endsAt ? format.until(endsAt, now) : "");
  return (
    <Badge {...membershipLooks[state]} title={title}>
      {fr.sandbox.membership[state]}
    </Badge>
  );
}
