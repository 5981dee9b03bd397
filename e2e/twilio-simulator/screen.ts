// What the screen of a phone shows of its conversation with the sandbox: what arrived, not what was sent to it.
import { type Content, fillIn } from "./contents.ts";
import type { Simulator } from "./simulator.ts";
import type { Location, MessageRecord, Phone } from "./state/types.ts";

export type ScreenEntry = {
  /** the SID, or what tells notes apart */
  id: string;
  side: "phone" | "business" | "sandbox";
  at: number;
  text: string;
  /** of what the business sent */
  read: boolean | null;
  buttons: { title: string; payload: string | null }[];
  media: { contentType: string; url: string }[];
  location: Location | null;
  /** what the phone reacted with */
  reactions: string[];
};

/** The newest `limit` entries, oldest first. */
export function screenOf(simulator: Simulator, phone: Phone, limit: number): ScreenEntry[] {
  const { messages } = simulator.store;
  const address = `whatsapp:${phone.address}`;
  const received = messages.candidates({ to: address }).filter(hasArrived).slice(-limit);
  const written = messages.candidates({ from: address }).slice(-limit);
  const reactions = written.flatMap(({ said }) => (said.reaction ? [said.reaction] : []));
  const entries: ScreenEntry[] = [
    ...received.map((message) => ({
      ...entryOf(message),
      side: "business" as const,
      read: message.status === "read",
      buttons: buttonsOf(simulator, message),
      reactions: reactions.filter(({ sid }) => sid === message.sid).map(({ emoji }) => emoji),
    })),
    ...written.filter(({ said }) => !said.reaction).map(entryOf),
    ...simulator.store.notes(phone.address).map(({ at, side, text }, index) => ({
      ...{ ...empty, at, side, text, id: `note-${at}-${index}` },
    })),
  ];
  return entries.sort((a, b) => a.at - b.at).slice(-limit);
}

const empty = { read: null, buttons: [], media: [], location: null, reactions: [] };

/** Whatever became of a message later, the phone shows it once it was delivered. */
export function hasArrived({ status }: MessageRecord): boolean {
  return status === "delivered" || status === "read";
}

function entryOf(message: MessageRecord): ScreenEntry {
  return {
    ...empty,
    id: message.sid,
    side: "phone",
    at: message.createdAt,
    text: message.body,
    media: message.media.map(({ contentType, url }) => ({ contentType: contentType ?? "", url })),
    location: message.said.location ?? null,
  };
}

/** The quick replies of a template, with its variables filled in. */
function buttonsOf({ store }: Simulator, message: MessageRecord): ScreenEntry["buttons"] {
  const content = message.contentSid === null ? undefined : store.contents.get(message.contentSid);
  if (!content) return [];
  const values = JSON.parse(message.contentVariables ?? "{}") as Record<string, string>;
  return actionsOf(content).flatMap(({ type, title, id }) =>
    type === undefined || type === "QUICK_REPLY"
      ? [{ title: fillIn(content, title, values), payload: id ?? null }]
      : [],
  );
}

type Action = { type?: string; title: string; id?: string };

function actionsOf(content: Content): Action[] {
  return Object.values(content.types).flatMap(({ actions }) =>
    Array.isArray(actions)
      ? actions.filter((action): action is Action => typeof action?.title === "string")
      : [],
  );
}
