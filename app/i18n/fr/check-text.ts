import type { Facts } from "#server/doctor/views.ts";

/** What a check found, and what to do about it; nothing to do: no cure. */
export type CheckText = { said: (facts: Facts) => string; cure?: (facts: Facts) => string };

export const checkText = (said: string, cure?: string): CheckText => ({
  said: () => said,
  ...(cure !== undefined && { cure: () => cure }),
});
