import { Link } from "@remix-run/react";
import { BookOpenText, Copy, Pencil, Send } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";
import { failureText } from "#app/lib/failure-text.ts";
import { inviteUrl } from "#app/lib/invite-url.ts";
import { paths } from "#app/lib/paths.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { MessageRow } from "#server/messages/views.ts";

const text = fr.messages.cures;

type CureButtonsProps = {
  message: Pick<MessageRow, "errorCode" | "errorMessage" | "reason" | "contact" | "toNumber">;
  campaign: { id: number; status: CampaignStatus };
};

/** What to press when a message failed, beside sending it again, which its row or page offers. */
export function CureButtons({ message, campaign }: CureButtonsProps) {
  const { errorCode, contact } = message;
  const cure = failureText(message)?.cure;
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {cure === "join" && <InviteButton number={message.toNumber ?? contact?.fullNumber ?? null} />}
      {cure === "edit_contact" && contact && !contact.deleted && (
        <LinkButton to={paths.contact(contact.id)} icon={<Pencil aria-hidden />}>
          {text.editContact}
        </LinkButton>
      )}
      {cure === "edit_campaign" &&
        (campaign.status === "draft" ? (
          <LinkButton to={paths.editCampaign(campaign.id)} icon={<Pencil aria-hidden />}>
            {text.editCampaign}
          </LinkButton>
        ) : (
          <ActionButton
            intent="duplicate"
            action={`${paths.campaign(campaign.id)}?index`}
            size="sm"
            icon={<Copy aria-hidden />}
          >
            {text.editCopy}
          </ActionButton>
        ))}
      {errorCode !== null && twilioError(errorCode) && (
        <LinkButton to={paths.errorGuide(errorCode)} icon={<BookOpenText aria-hidden />}>
          {text.guide}
        </LinkButton>
      )}
    </div>
  );
}

/** Opens WhatsApp on one's own phone or desk with the invitation written to the contact. */
function InviteButton({ number }: { number: string | null }) {
  const sandbox = useSandbox();
  const url = number && inviteUrl(number, sandbox);
  if (!url) return null;
  return (
    <Button asChild size="sm" variant="primary">
      <a href={url} target="_blank" rel="noreferrer">
        <Send aria-hidden />
        {text.invite}
      </a>
    </Button>
  );
}

function LinkButton({ to, icon, children }: { to: string; icon: ReactNode; children: string }) {
  return (
    <Button asChild size="sm">
      <Link to={to}>
        {icon}
        {children}
      </Link>
    </Button>
  );
}
