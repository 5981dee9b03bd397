// Everything the phone page shows, as of one moment. Without the credentials: it is looked at over shoulders.
import {
  type ClockView,
  clockView,
  type PhoneView,
  phoneView,
  type Summary,
  summaryView,
} from "./control-views.ts";
import type { Fault } from "./faults.ts";
import { hasArrived, type ScreenEntry, screenOf } from "./screen.ts";
import type { Settings } from "./settings.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { Phone, RequestLog, WebhookLog } from "./state/types.ts";

export type PhoneLine = PhoneView & { memberUntil: number | null; windowUntil: number | null } & {
  /** delivered and not read yet */
  unread: number;
  /** sent to it while it is offline */
  waiting: number;
};

export type Overview = {
  clock: ClockView;
  settings: Omit<Settings, "accountSid" | "authToken">;
  /** those who did something last, first */
  phones: PhoneLine[];
  /** how many there are */
  phoneCount: number;
  phone: (PhoneLine & { screen: ScreenEntry[] }) | null;
  faults: Fault[];
  summary: Summary;
  /** oldest first */
  journal: JournalEntry[];
};

export type JournalEntry = ({ kind: "request" } & RequestLog) | ({ kind: "webhook" } & WebhookLog);

const phonesShown = 100;
const entriesShown = 200;
const journalShown = 80;

/** The first phone when `phone` is null. */
export function overviewOf(simulator: Simulator, asked: { phone: string | null; search: string }): Overview {
  const { accountSid: _, authToken: __, ...settings } = simulator.settings();
  const all = simulator.store.phones();
  const wanted = asked.search.trim().toLowerCase();
  const found = all
    .filter(({ address, profileName }) => `${address} ${profileName}`.toLowerCase().includes(wanted))
    .sort((a, b) => lastAct(b) - lastAct(a) || a.profileName.localeCompare(b.profileName, "fr"));
  const address = asked.phone === null ? found[0]?.address : phoneAddress(asked.phone);
  const phone = all.find((known) => known.address === address);
  return {
    clock: clockView(simulator),
    settings,
    phones: found.slice(0, phonesShown).map((each) => lineOf(simulator, each)),
    phoneCount: all.length,
    phone: phone ? { ...lineOf(simulator, phone), screen: screenOf(simulator, phone, entriesShown) } : null,
    faults: simulator.faults.list(),
    summary: summaryView(simulator),
    journal: journalOf(simulator),
  };
}

const lastAct = ({ lastInboundAt, leftAt }: Phone) => Math.max(lastInboundAt ?? 0, leftAt ?? 0);

function lineOf(simulator: Simulator, phone: Phone): PhoneLine {
  const hour = 3_600_000;
  const { membershipHours, windowHours } = simulator.settings();
  const until = (since: number | null, hours: number) => (since === null ? null : since + hours * hour);
  const received = simulator.store.messages.candidates({ to: `whatsapp:${phone.address}` });
  return {
    ...phoneView(simulator, phone),
    memberUntil: until(phone.joinedAt, membershipHours),
    windowUntil: until(phone.lastInboundAt, windowHours),
    unread: received.filter((message) => hasArrived(message) && message.status !== "read").length,
    waiting: phone.online ? 0 : received.filter(({ status }) => status === "sent").length,
  };
}

function journalOf({ store }: Simulator): JournalEntry[] {
  const requests = store.requests().slice(-journalShown);
  const webhooks = store.webhooks().slice(-journalShown);
  return [
    ...requests.map((request) => ({ ...request, kind: "request" as const })),
    ...webhooks.map((call) => ({ ...call, kind: "webhook" as const })),
  ]
    .sort((a, b) => a.id - b.id)
    .slice(-journalShown);
}
