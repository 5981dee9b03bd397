// WhatsApp's customer service window: free text may be sent for some hours after the contact's last message
// (twilio-facts.md 1.2). Another clock than the membership of the sandbox.

const hour = 3_600_000;

/** When the window that the contact's last message opened closes; null when nothing ever came. */
export function windowEnd(lastInboundAt: Date | null, windowHours: number): Date | null {
  return lastInboundAt && new Date(lastInboundAt.getTime() + windowHours * hour);
}

/** Whether free text may be sent at `now`: the moment it closes is outside, as at the claim. */
export function isWindowOpen(lastInboundAt: Date | null, now: Date, windowHours: number): boolean {
  const end = windowEnd(lastInboundAt, windowHours);
  return end !== null && end > now;
}
