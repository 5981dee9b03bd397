import { MousePointerClick } from "lucide-react";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { fr } from "#app/i18n/fr.ts";

const text = fr.conversations.choose;

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
