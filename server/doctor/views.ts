// What the doctor says of an installation. Texts and cures are in app/i18n/fr/doctor.ts, by check and code.
import { z } from "zod";

export const checkKeys = [
  "variables",
  "database",
  "pooler",
  "migrations",
  "worker",
  "clock",
  "credentials",
  "account_type",
  "sender",
  "public_address",
] as const;
export type CheckKey = (typeof checkKeys)[number];

const checkStates = ["green", "red", "unknown"] as const;
export type CheckState = (typeof checkStates)[number];

export const doctorCheck = z.object({
  key: z.enum(checkKeys),
  /** unknown: it could not be told, with something to try */
  state: z.enum(checkStates),
  /** which of the texts of this check */
  code: z.string(),
  /** what the text says further; never a secret */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type DoctorCheck = z.infer<typeof doctorCheck>;

export type Facts = DoctorCheck["facts"];
export type Finding = Omit<DoctorCheck, "key">;

export const green = (code = "ok", facts: Facts = {}): Finding => ({ state: "green", code, facts });
export const red = (code: string, facts: Facts = {}): Finding => ({ state: "red", code, facts });
export const unknown = (code: string, facts: Facts = {}): Finding => ({ state: "unknown", code, facts });
