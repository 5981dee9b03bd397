// The schema of the environment (design.md 2), with what a person needs to read when a variable is missing or wrong.
import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";

/** A variable that must be given: the same zod error serves the missing value and the wrong one. */
const required = (what: string) => z.string({ error: `manquante (${what})` });

const number = (what: string) => z.coerce.number({ error: `${what} attendu` });

const positive = (what: string) => number(what).gt(0, { error: `${what} supérieur à zéro attendu` });

const between = (min: number, max: number) => {
  const error = `nombre entier entre ${min} et ${max} attendu`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

const databaseAddress = (text: string) => /^postgres(ql)?:$/.test(protocolOf(text));

const wrongDatabaseAddress =
  "adresse PostgreSQL attendue, de la forme postgres://utilisateur:mot-de-passe@serveur:5432/base " +
  "(les caractères spéciaux du mot de passe s'écrivent encodés : # devient %23)";

/** The file with the certificate of the authority, where the address names one. */
function authorityIsThere(text: string): boolean {
  const file = URL.canParse(text) ? new URL(text).searchParams.get("sslrootcert") : null;
  return file === null || file === "system" || existsSync(file);
}

const missingAuthority = "le fichier que nomme sslrootcert n'existe pas sur cette machine";

const webAddress = (text: string) => /^https?:$/.test(protocolOf(text));

const withoutTrailingSlash = (text: string) => text.replace(/\/+$/, "");

/** Twilio signs and calls a public https address; plain http is for a machine that talks to itself. */
function isReachableByTwilio(text: string): boolean {
  if (protocolOf(text) !== "http:") return true;
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(text).hostname);
}

/** Accepts what the Twilio console shows: "+1 415 523 8886" or "whatsapp:+14155238886". */
const senderNumber = (text: string) => text.replace(/^whatsapp:/i, "").replace(/[\s.()-]/g, "");

/** What Express takes: names of ranges, addresses, networks. */
function isProxy(text: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
  const [, address = "", bits = "0"] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

const retryDelays = "trois durées en secondes séparées par des virgules attendues, par exemple 60,120,240";

export const envSchema = z.object({
  DATABASE_URL: required("adresse de la base PostgreSQL ou Supabase")
    .refine(databaseAddress, { error: wrongDatabaseAddress })
    .refine(authorityIsThere, { error: missingAuthority }),
  DATABASE_DIRECT_URL: z
    .string()
    .refine(databaseAddress, { error: wrongDatabaseAddress })
    .refine(authorityIsThere, { error: missingAuthority })
    .optional(),
  TWILIO_ACCOUNT_SID: required("« Account SID » de la console Twilio").regex(/^AC[0-9a-f]{32}$/i, {
    error: "« Account SID » attendu : AC suivi de 32 caractères hexadécimaux",
  }),
  TWILIO_AUTH_TOKEN: required("« Auth Token » de la console Twilio").regex(/^\S+$/, {
    error: "« Auth Token » attendu, sans espace",
  }),
  TWILIO_AUTH_TOKEN_PREVIOUS: z
    .string()
    .regex(/^\S+$/, { error: "« Auth Token » attendu, sans espace" })
    .optional(),
  TWILIO_SANDBOX_NUMBER: required("numéro du Sandbox, +14155238886 pour celui de Twilio")
    .transform(senderNumber)
    .pipe(
      z
        .string()
        .regex(/^\+[1-9]\d{6,14}$/, { error: "numéro international attendu, par exemple +14155238886" }),
    ),
  TWILIO_SANDBOX_JOIN_CODE: z
    .string()
    .transform((text) => text.replace(/^join\s+/i, "").trim())
    .optional(),
  TWILIO_WEBHOOK_BASE_URL: required(
    "adresse publique en https que Twilio appelle, celle de ngrok par exemple",
  )
    .refine(webAddress, { error: "adresse attendue, de la forme https://relance.example.org" })
    .refine((text) => !webAddress(text) || /^\/*$/.test(pathOf(text)), {
      error:
        "seulement l'origine, sans chemin ni paramètres : https://relance.example.org et non …/api/webhooks/twilio",
    })
    .refine(isReachableByTwilio, {
      error:
        "https attendu : Twilio appelle une adresse publique (http est réservé à 127.0.0.1 et localhost)",
    })
    .transform(withoutTrailingSlash),
  TWILIO_DEFAULT_CONTENT_SID: z
    .string()
    .regex(/^HX[0-9a-f]{32}$/i, {
      error: "« Content SID » attendu : HX suivi de 32 caractères hexadécimaux",
    })
    .optional(),
  TWILIO_API_BASE_URL: z
    .string()
    .refine(webAddress, { error: "adresse http ou https attendue" })
    .transform(withoutTrailingSlash)
    .optional(),
  SESSION_SECRET: required("au moins 32 caractères au hasard, par exemple openssl rand -hex 32").min(32, {
    error: "trop courte, au moins 32 caractères attendus (openssl rand -hex 32 en donne 64)",
  }),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((proxies) => proxies.every(isProxy), {
      error: "adresses, réseaux (10.0.0.0/8) ou loopback, séparés par des virgules, attendus",
    }),
  API_REQUESTS_PER_MINUTE: between(1, 1_000_000).default(100),
  PORT: between(0, 65_535).default(3000),
  SEND_INTERVAL_MS: number("nombre de millisecondes")
    .min(0, { error: "nombre de millisecondes positif ou nul attendu" })
    .default(3000),
  SEND_CONCURRENCY: between(1, 50).default(5),
  TWILIO_TIMEOUT_MS: between(100, 120_000).default(15_000),
  MESSAGE_TWO_MAX_AGE_DAYS: positive("nombre de jours").default(30),
  RETRY_DELAYS_SECONDS: z
    .string()
    .regex(/^\s*\d+(\.\d+)?(\s*,\s*\d+(\.\d+)?){2}\s*$/, { error: retryDelays })
    .default("60,120,240")
    .transform((text) => text.split(",").map(Number)),
  SANDBOX_MEMBERSHIP_HOURS: positive("nombre d'heures").default(72),
  SERVICE_WINDOW_HOURS: positive("nombre d'heures").default(24),
  TZ_DISPLAY: z
    .string()
    .refine(isTimeZone, { error: "fuseau horaire attendu, par exemple Europe/Paris" })
    .default("Europe/Paris"),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, { error: "au moins 16 caractères sans espace attendus (openssl rand -hex 32)" })
    .optional(),
  WORKER_METRICS_PORT: between(0, 65_535).optional(),
  WEBHOOKS_KEPT_DAYS: between(1, 3650).default(30),
  DELETED_CONTACTS_KEPT_DAYS: between(1, 3650).optional(),
  ERASURE_KEY: z
    .string()
    .min(32, { error: "trop courte, au moins 32 caractères attendus (openssl rand -hex 32 en donne 64)" })
    .optional(),
  AUDIT_KEPT_MONTHS: between(1, 1200).default(12),
  AUDIT_ARCHIVE_DIR: z.string().optional(),
});

/** Their wrong values are never repeated in an error, which ends in a log. */
export const secretVariables = new Set([
  "DATABASE_URL",
  "DATABASE_DIRECT_URL",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_AUTH_TOKEN_PREVIOUS",
  "SESSION_SECRET",
  "METRICS_TOKEN",
  "ERASURE_KEY",
]);

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}

function pathOf(text: string): string {
  const { pathname, search, hash } = new URL(text);
  return pathname + search + hash;
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("fr-FR", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
