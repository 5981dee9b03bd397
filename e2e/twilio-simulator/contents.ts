// The content templates: the three every sandbox has (sendable, not listed), and those of the simulated account.
import { z } from "zod";

const approvalStatuses = [
  "unsubmitted",
  "received",
  "pending",
  "approved",
  "rejected",
  "paused",
  "disabled",
] as const;

export const contentSchema = z.strictObject({
  sid: z.string().regex(/^HX[0-9a-fA-F]{32}$/, "HX and 32 hexadecimal digits"),
  friendlyName: z.string().min(1),
  language: z.string().default("en"),
  /** sample values: what Twilio sends for a variable left out */
  variables: z.record(z.string(), z.string()).default({}),
  types: z.record(z.string(), z.looseObject({ body: z.string().optional() })),
  /** only the account's own are listed and fetched by the Content API */
  owner: z.enum(["account", "sandbox"]).default("account"),
  approval: z.enum(approvalStatuses).default("approved"),
  category: z.enum(["UTILITY", "MARKETING", "AUTHENTICATION"]).default("UTILITY"),
});

export type Content = z.infer<typeof contentSchema>;
export type ContentInput = z.input<typeof contentSchema>;

/** "Your {{1}} code is {{2}}", the template used when none is chosen. */
export const DEFAULT_CONTENT_SID = "HX5c0ede0de0a11ce5eed0c0de5a3d1b7f";

export const defaultContents: readonly Content[] = [
  {
    sid: "HXb5b62575e6e4ff6129ad7c8efe1f983e",
    friendlyName: "appointment_reminder",
    language: "en",
    variables: { "1": "12/1", "2": "3pm" },
    types: { "twilio/text": { body: "Your appointment is coming up on {{1}} at {{2}}" } },
    owner: "sandbox",
    approval: "approved",
    category: "UTILITY",
  },
  {
    sid: "HX350d429d32e64a552466cafecbe95f3c",
    friendlyName: "order_notification",
    language: "en",
    variables: { "1": "12/1", "2": "3pm" },
    types: {
      "twilio/text": { body: "Thank you for your order. Your delivery is scheduled for {{1}} at {{2}}" },
    },
    owner: "sandbox",
    approval: "approved",
    category: "UTILITY",
  },
  {
    sid: "HX229f5a04fd0510ce1b071852155d3e75",
    friendlyName: "verification_code",
    language: "en",
    variables: { "1": "409173" },
    types: {
      "whatsapp/authentication": {
        body: "{{1}} is your verification code. For your security, do not share this code.",
      },
    },
    owner: "sandbox",
    approval: "approved",
    category: "AUTHENTICATION",
  },
  {
    sid: DEFAULT_CONTENT_SID,
    friendlyName: "your_code",
    language: "en",
    variables: { "1": "Twilio", "2": "1238432" },
    types: { "twilio/text": { body: "Your {{1}} code is {{2}}" } },
    owner: "account",
    approval: "approved",
    category: "UTILITY",
  },
  {
    sid: "HX7a3e1d0c5b9f48e2a6d4c8b0f1e2d3a4",
    friendlyName: "rappel_rendez_vous",
    language: "fr",
    variables: { "1": "Camille", "2": "mardi 12 mai", "3": "14 h 30" },
    types: {
      "twilio/quick-reply": {
        body: "Bonjour {{1}}, votre rendez-vous est prévu le {{2}} à {{3}}. Pouvez-vous confirmer votre venue ?",
        actions: [
          { type: "QUICK_REPLY", title: "Je confirme", id: "confirmer" },
          { type: "QUICK_REPLY", title: "Reporter", id: "reporter" },
        ],
      },
    },
    owner: "account",
    approval: "approved",
    category: "UTILITY",
  },
  {
    sid: "HX9d2f6b8a1c3e4f5a7b0c9d8e7f6a5b4c",
    friendlyName: "suivi_commande",
    language: "fr",
    variables: { "1": "Camille", "2": "n° 1042" },
    types: {
      "twilio/text": { body: "Bonjour {{1}}, votre commande {{2}} est prête. Souhaitez-vous être livré ?" },
    },
    owner: "account",
    approval: "approved",
    category: "UTILITY",
  },
  {
    sid: "HX1b4d7e0a3c6f49285e8b1d4a7c0f3e69",
    friendlyName: "offre_printemps",
    language: "fr",
    variables: { "1": "Camille" },
    types: {
      "twilio/text": { body: "Bonjour {{1}}, nos offres de printemps sont là. Voulez-vous les voir ?" },
    },
    owner: "account",
    approval: "pending",
    category: "MARKETING",
  },
];

/** The text of a template, whichever of its types carries one. */
function contentBody(content: Content): string {
  return Object.values(content.types).find((type) => type.body !== undefined)?.body ?? "";
}

/** The body with its variables; one left out takes its sample value, as at Twilio. */
export function renderContent(content: Content, values: Record<string, string>): string {
  return fillIn(content, contentBody(content), values);
}

/** A text of the template with its variables. */
export function fillIn(content: Content, text: string, values: Record<string, string>): string {
  return text.replace(
    /\{\{\s*([A-Za-z0-9_]{1,16})\s*\}\}/g,
    (placeholder, name: string) => values[name] ?? content.variables[name] ?? placeholder,
  );
}
