import { BellOff, BellRing, UserCheck } from "lucide-react";
import { Badge } from "#app/components/ui/badge.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import type { Keyword } from "#server/domain/opt-out.ts";

const looks = {
  stop: { tone: "danger", icon: BellOff },
  start: { tone: "accent", icon: BellRing },
  join: { tone: "info", icon: UserCheck },
} as const;

/** What a message of one word was taken for. */
export function KeywordBadge({ keyword }: { keyword: Keyword }) {
  return <Badge {...looks[keyword]}>{frConversations.thread.keywords[keyword]}</Badge>;
}
