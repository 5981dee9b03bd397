import { ExternalLink, MapPin } from "lucide-react";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { mapUrl } from "#app/lib/map-url.ts";
import type { InboundLocation as Location } from "#server/domain/inbound-content.ts";

const text = frConversations.location;

/** A place a contact sent: what it is called, and a map of it where the coordinates are some. */
export function InboundLocation({ location: { point, label, address } }: { location: Location }) {
  return (
    <span className="flex gap-2 [overflow-wrap:anywhere]">
      <MapPin aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
      <span className="grid min-w-0 gap-0.5">
        <bdi className="font-medium">{label ?? text.title}</bdi>
        {address && <bdi className="text-ink-soft">{address}</bdi>}
        {point ? (
          <a
            href={mapUrl(point)}
            target="_blank"
            rel="noreferrer"
            className="inline-flex w-fit items-center gap-1 text-chat-link underline underline-offset-2"
          >
            {text.open}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
        ) : (
          <span className="text-ink-soft">{text.unreadable}</span>
        )}
      </span>
    </span>
  );
}
