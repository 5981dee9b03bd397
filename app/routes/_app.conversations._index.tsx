import { MousePointerClick } from "lucide-react";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";

const text = frConversations.choose;

/** Beside the inbox, while no conversation is open; a phone shows the inbox alone. */
export default function NoConversation() {
  return (
    <Card>
      <EmptyState icon={MousePointerClick} title={text.title}>
        {text.text}
      </EmptyState>
    </Card>
  );
}
