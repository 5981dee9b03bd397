import { Link } from "@remix-run/react";
import { CircleHelp } from "lucide-react";
import { Banner } from "#app/components/ui/banner.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { paths } from "#app/lib/paths.ts";

const text = frJournal.undecided;

type UndecidedNoticeProps = { campaignId: number; count: number; firstMessageId: number | null };

/** A campaign waits for an admin to say which message at Twilio is one of its own. */
export function UndecidedNotice({ campaignId, count, firstMessageId }: UndecidedNoticeProps) {
  if (firstMessageId === null) return null;
  return (
    <Banner
      tone="warning"
      icon={CircleHelp}
      title={text.title(count)}
      actions={
        <Button asChild size="sm">
          <Link to={paths.message(campaignId, firstMessageId)}>{text.link}</Link>
        </Button>
      }
    >
      {text.text}
    </Banner>
  );
}
