// What came with an inbound message beside its text, read from the fields kept of its webhook. Every value is somebody
// else's: it is shown as text, and a place on the map only where it is two numbers.
import { type MediaKind, mediaKind } from "#server/domain/media-types.ts";

export type InboundMedia = {
  /** its place among the media of the message, which its address names */
  index: number;
  /** null: of a type that is not opened */
  kind: MediaKind | null;
  contentType: string;
};

export type InboundLocation = {
  /** null: what was sent are no coordinates */
  point: { latitude: number; longitude: number } | null;
  label: string | null;
  address: string | null;
};

export type InboundContent = {
  media: InboundMedia[];
  location: InboundLocation | null;
  /** the text of the button that was pressed */
  button: string | null;
  forwarded: boolean;
  /** Twilio's SID of the message it answers */
  repliedToSid: string | null;
};

/** The fields as a thread shows them; whatever is missing or of another shape is left out. Never throws. */
export function inboundContent(details: Record<string, unknown> | null): InboundContent {
  const text = (name: string): string | null => {
    const value = details?.[name];
    return typeof value === "string" && value.trim() !== "" ? value : null;
  };
  return {
    media: mediaOf(details?.media),
    location: locationOf(text),
    button: text("ButtonText"),
    forwarded: text("Forwarded") === "true",
    repliedToSid: text("OriginalRepliedMessageSid"),
  };
}

function mediaOf(media: unknown): InboundMedia[] {
  if (!Array.isArray(media)) return [];
  return media.map((one: unknown, index) => {
    const contentType = (one as { contentType?: unknown } | null)?.contentType;
    const type = typeof contentType === "string" ? contentType : "";
    return { index, kind: mediaKind(type), contentType: type };
  });
}

function locationOf(text: (name: string) => string | null): InboundLocation | null {
  const [latitude, longitude] = [text("Latitude"), text("Longitude")];
  if (latitude === null || longitude === null) return null;
  const point = { latitude: Number(latitude), longitude: Number(longitude) };
  const onEarth = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
  return { point: onEarth ? point : null, label: text("Label"), address: text("Address") };
}
