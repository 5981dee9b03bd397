import { frDoctor } from "#app/i18n/fr/doctor.ts";
import type { DoctorCheck } from "#server/doctor/views.ts";

/** A check as a person reads it; nothing to do: no cure. */
export function doctorText({ key, code, facts }: DoctorCheck): {
  title: string;
  said: string;
  cure: string | null;
} {
  const { checks, codes, common } = frDoctor;
  const found = codes[key][code] ?? common[code];
  return {
    title: checks[key],
    said: found?.said(facts) ?? code,
    cure: found?.cure?.(facts) ?? null,
  };
}
