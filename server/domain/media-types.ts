// The kinds of files WhatsApp users send that the dashboard shows or hands on. Whatever is not here is refused: a type a
// browser would run (HTML, SVG, XML) never is.

export const mediaKinds = ["image", "audio", "video", "document"] as const;
export type MediaKind = (typeof mediaKinds)[number];

const kinds: Readonly<Record<string, MediaKind>> = {
  "image/jpeg": "image",
  "image/png": "image",
  "image/webp": "image",
  "image/gif": "image",
  "audio/ogg": "audio",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "audio/aac": "audio",
  "audio/amr": "audio",
  "video/mp4": "video",
  "video/3gpp": "video",
  "application/pdf": "document",
  "text/vcard": "document",
};

/** WhatsApp takes files of 16 MB at most; a little more, for what counts megabytes another way. */
export const mediaMaxBytes = 20 * 1024 * 1024;

/** The type without its parameters (`audio/ogg; codecs=opus`), in lower case. */
export function plainType(contentType: string | null | undefined): string {
  return (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** What a file of this type is shown as, or null when it is not to be opened at all. */
export function mediaKind(contentType: string | null | undefined): MediaKind | null {
  const type = plainType(contentType);
  return Object.hasOwn(kinds, type) ? (kinds[type] as MediaKind) : null;
}
