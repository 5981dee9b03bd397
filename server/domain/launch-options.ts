// Whom a launch leaves out, or not, beyond those it must (opted out, flagged): the admin's choice.
import { z } from "zod";

/** Membership of the sandbox is an estimate (twilio-facts 1.2): by default only those known to have left are skipped. */
export const launchOptions = z.object({
  /** send also to those who are known to have left the sandbox */
  includeLeft: z.boolean().default(false),
  /** skip those whose 72 hours are probably over */
  excludeExpired: z.boolean().default(false),
  /** skip those who never joined as far as is known */
  excludeUnknown: z.boolean().default(false),
  /** skip those whose Message 1 of another campaign is still on its way */
  excludeBusy: z.boolean().default(false),
  /** of a copy: skip those who have had Message 1 of the campaign it is a copy of */
  excludeReached: z.boolean().default(false),
});
export type LaunchOptions = z.output<typeof launchOptions>;

/** As a campaign keeps them: with the campaign it is a copy of, which nobody chooses. */
export type KeptLaunchOptions = LaunchOptions & { copyOf?: number };

export const launchOptionNames = [
  "includeLeft",
  "excludeExpired",
  "excludeUnknown",
  "excludeBusy",
  "excludeReached",
] as const;

export const defaultLaunchOptions: LaunchOptions = {
  includeLeft: false,
  excludeExpired: false,
  excludeUnknown: false,
  excludeBusy: false,
  excludeReached: false,
};

/** Why a recipient is `skipped` at a launch, in the order in which reasons are looked for. */
export const exclusionReasons = [
  "contact_flagged",
  "opted_out",
  "not_in_sandbox",
  "membership_expired",
  "membership_unknown",
  "in_running_campaign",
  "already_reached",
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];
