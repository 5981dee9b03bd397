// Whether a contact is in the sandbox. Twilio does not tell: it is inferred from what the contact sent and from what
// Twilio refused (twilio-facts.md 1.2). An estimate to show and to warn with, not a ground to withhold a message.

export type MembershipFacts = {
  sandboxJoinedAt: Date | null;
  sandboxLeftAt: Date | null;
  lastInboundAt: Date | null;
};

/**
 * - member: joined, and the membership has time left
 * - expiring: it ends within twelve hours
 * - expired: the 72 hours since joining are over
 * - left: sent `stop`, or Twilio refused a message with 63015, and nothing came since
 * - unknown: never heard of
 */
export const membershipStates = ["member", "expiring", "expired", "left", "unknown"] as const;
export type MembershipState = (typeof membershipStates)[number];

/** `endsAt`: the latest moment at which the membership ends; null where there is none to end. */
export type Membership = { state: MembershipState; endsAt: Date | null };

const hour = 3_600_000;
const expiringHours = 12;

/** The sandbox state of a contact at `now` (criterion 7.4). */
export function sandboxMembership(facts: MembershipFacts, now: Date, membershipHours: number): Membership {
  const { sandboxLeftAt } = facts;
  const since = memberSince(facts, membershipHours);
  if (sandboxLeftAt && (!since || since.lastSeen <= sandboxLeftAt.getTime()))
    return { state: "left", endsAt: null };
  if (!since) return { state: "unknown", endsAt: null };
  const endsAt = new Date(since.joined + membershipHours * hour);
  const left = endsAt.getTime() - now.getTime();
  if (left <= 0) return { state: "expired", endsAt };
  return { state: left <= expiringHours * hour ? "expiring" : "member", endsAt };
}

/** A message that arrives after the 72 hours of the join we know of proves a later join, which Twilio kept to itself. */
function memberSince({ sandboxJoinedAt, lastInboundAt }: MembershipFacts, membershipHours: number) {
  const joined = sandboxJoinedAt?.getTime();
  const inbound = lastInboundAt?.getTime();
  if (joined === undefined && inbound === undefined) return null;
  if (joined === undefined || inbound === undefined) {
    const only = (joined ?? inbound) as number;
    return { joined: only, lastSeen: only };
  }
  const rejoined = inbound > joined + membershipHours * hour;
  return { joined: rejoined ? inbound : joined, lastSeen: Math.max(joined, inbound) };
}
