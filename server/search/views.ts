import { z } from "zod";
import { campaignStatuses } from "#server/domain/campaign-status.ts";

export const searchResults = z.object({
  campaigns: z.array(z.object({ id: z.number(), name: z.string(), status: z.enum(campaignStatuses) })),
  contacts: z.array(
    z.object({
      id: z.number(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      fullNumber: z.string(),
    }),
  ),
});
export type SearchResults = z.infer<typeof searchResults>;
