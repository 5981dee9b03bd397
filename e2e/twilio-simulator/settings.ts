// What a test or a demo can change about the simulated Twilio, at start and while it runs.
import { z } from "zod";

const milliseconds = z.number().min(0);
const number = z.string().regex(/^\+[1-9]\d{6,14}$/, "a number in E.164 form, such as +14155238886");
const webhookUrl = z
  .string()
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), "an http(s) address")
  .nullable();

const statusDelays = z.strictObject({
  sent: milliseconds,
  delivered: milliseconds,
  read: milliseconds,
  failed: milliseconds,
});

const settingsSchema = z.strictObject({
  accountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/, "AC and 32 hexadecimal digits"),
  authToken: z.string().min(1),
  accountType: z.enum(["Full", "Trial"]),
  sandboxNumber: number,
  joinCode: z.string().min(1),
  /** "When a message comes in" of the sandbox settings; a fragment such as `#rc=2&rp=all` is obeyed */
  inboundWebhookUrl: webhookUrl,
  /** "Status callback URL" of the sandbox settings, for messages without a StatusCallback of their own */
  statusCallbackUrl: webhookUrl,
  minIntervalMs: milliseconds,
  /** the share of the interval by which a message may come early (network jitter) */
  intervalTolerance: z.number().min(0).max(1),
  /** above the rate: accepted, then failed with 63018; or refused at once with 429/20429 */
  rateLimitAnswer: z.enum(["async", "sync"]),
  membershipHours: z.number().positive(),
  windowHours: z.number().positive(),
  /** when each status comes, counted from the acceptance */
  statusDelaysMs: statusDelays,
  /** multiplies the delays of statuses, late callbacks and retries; 0 = at once */
  timeScale: z.number().min(0),
  /** false: a message stays queued until the control API sets its status */
  autoProgress: z.boolean(),
  /** phones read what they receive, unless a phone says otherwise */
  autoRead: z.boolean(),
  /** real sandboxes seem to keep `join …` and `stop` for themselves (unconfirmed) */
  forwardJoinAndStop: z.boolean(),
  /** numbers joined without a word, for load tests */
  autoJoin: z.union([z.enum(["none", "all"]), z.array(z.string())]),
  /** before the first retry of a webhook; doubles each time */
  retryDelayMs: milliseconds,
  callbackConcurrency: z.number().int().min(1),
});

/** Any part of the settings; of the delays too. */
export const settingsPatchSchema = settingsSchema
  .extend({ statusDelaysMs: statusDelays.partial() })
  .partial();

export type Settings = z.infer<typeof settingsSchema>;
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

const defaultSettings: Settings = {
  accountSid: `AC${"0".repeat(32)}`,
  authToken: "simulator-token",
  accountType: "Full",
  sandboxNumber: "+14155238886",
  joinCode: "paper-plane",
  inboundWebhookUrl: null,
  statusCallbackUrl: null,
  minIntervalMs: 3000,
  intervalTolerance: 0.1,
  rateLimitAnswer: "async",
  membershipHours: 72,
  windowHours: 24,
  statusDelaysMs: { sent: 150, delivered: 600, read: 2500, failed: 300 },
  timeScale: 1,
  autoProgress: true,
  autoRead: true,
  forwardJoinAndStop: false,
  autoJoin: "none",
  retryDelayMs: 250,
  callbackConcurrency: 32,
};

/** Settings with the given ones over the defaults; throws a ZodError on a value that makes no sense. */
export function makeSettings(patch: SettingsPatch): Settings {
  return mergeSettings(defaultSettings, settingsPatchSchema.parse(patch));
}

/** A copy of `settings` with the patch over it; undefined leaves a setting as it is. */
export function mergeSettings(settings: Settings, patch: SettingsPatch): Settings {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return settingsSchema.parse({
    ...settings,
    ...given,
    joinCode: (patch.joinCode ?? settings.joinCode).replace(/^join\s+/i, "").trim(),
    statusDelaysMs: { ...settings.statusDelaysMs, ...patch.statusDelaysMs },
  });
}
