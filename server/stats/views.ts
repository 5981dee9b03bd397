// The shape in which the dashboard's figures leave the server.
import { z } from "zod";
import { campaignRow } from "#server/campaigns/views.ts";

export const overviewPeriods = [7, 30, 90] as const;
export type OverviewPeriod = (typeof overviewPeriods)[number];

export const overview = z.object({
  /** since the beginning, Message 1 and Message 2 together; sent includes delivered, delivered includes read */
  totals: z.object({
    campaigns: z.number(),
    sent: z.number(),
    delivered: z.number(),
    read: z.number(),
    failed: z.number(),
    answers: z.number(),
  }),
  /** the same messages, each once, by where they stand */
  standing: z.object({
    read: z.number(),
    delivered: z.number(),
    sent: z.number(),
    waiting: z.number(),
    failed: z.number(),
    /** left out, or cancelled with their campaign */
    leftOut: z.number(),
  }),
  /** active: neither opted out nor to be corrected */
  contacts: z.object({ all: z.number(), active: z.number() }),
  /** of the messages accepted in the period; US dollars */
  cost: z.object({
    lowUsd: z.number(),
    highUsd: z.number(),
    priceDate: z.string(),
    unknownCountry: z.number(),
  }),
  /** the days of the period, the oldest first, today last; `YYYY-MM-DD` of the display time zone */
  days: z.array(z.object({ day: z.string(), accepted: z.number(), failed: z.number(), answers: z.number() })),
  /** answers of the period by hour of the day, 0 to 23 */
  hours: z.array(z.number()),
  running: z.array(campaignRow),
});
export type Overview = z.infer<typeof overview>;
