// What the event stream tells a browser: what to read again.
import { z } from "zod";

export type LiveNews = {
  /** anything may have changed: the stream has just been opened, or the database was away */
  all: boolean;
  /** whether the sender or the worker may stand differently */
  sender: boolean;
  /** campaigns of which anything changed: status, counters, messages, answers */
  campaignIds: number[];
  /** contacts of whom anything changed: one wrote, joined or left, a reply moved on or was read, or the card was corrected */
  contactIds: number[];
  /** an unknown sender wrote; told to super admins alone */
  strangers: boolean;
};

export const liveNewsOutput = z.custom<AsyncIterable<LiveNews>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);
