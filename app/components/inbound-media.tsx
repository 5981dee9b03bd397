import { FileText, FileX, ImageOff } from "lucide-react";
import { useState } from "react";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import type { InboundMedia as Media } from "#server/domain/inbound-content.ts";

const text = frConversations.media;

/** A file a contact sent, by way of our own server; of a type that is not opened, its name alone. */
export function InboundMedia({ media: { kind, contentType }, path }: { media: Media; path: string }) {
  switch (kind) {
    case "image":
      return <Picture path={path} />;
    case "audio":
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a voice message says
      return <audio controls preload="none" src={path} aria-label={text.audio} className="max-w-full" />;
    case "video":
      return (
        // biome-ignore lint/a11y/useMediaCaption: as above
        <video
          controls
          preload="metadata"
          src={path}
          aria-label={text.video}
          className="max-h-80 max-w-full rounded-lg"
        />
      );
    case "document":
      return (
        <a href={path} className="inline-flex items-center gap-2 text-chat-link underline underline-offset-2">
          <FileText aria-hidden className="size-4 shrink-0" />
          {text.document(contentType)}
        </a>
      );
    case null:
      return (
        <span className="inline-flex items-center gap-2 text-ink-soft [overflow-wrap:anywhere]">
          <FileX aria-hidden className="size-4 shrink-0" />
          {text.refused(contentType.slice(0, 100))}
        </span>
      );
  }
}

function Picture({ path }: { path: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) {
    return (
      <span className="inline-flex items-center gap-2 text-ink-soft">
        <ImageOff aria-hidden className="size-4 shrink-0" />
        {text.gone}
      </span>
    );
  }
  return (
    <a href={path} target="_blank" rel="noreferrer" className="w-fit">
      <img
        src={path}
        alt={text.image}
        loading="lazy"
        // one that failed before this page came to life fires no event any more
        ref={(image) => {
          if (image?.complete && image.naturalWidth === 0) setFailed(true);
        }}
        onError={() => setFailed(true)}
        className="max-h-72 min-h-12 max-w-full rounded-lg bg-sunken object-contain"
      />
    </a>
  );
}
