// The codes of a second factor (RFC 6238), as every authenticator application makes them: six digits, a new one every
// 30 seconds.
import { Secret, TOTP } from "otpauth";

const periodSeconds = 30;
/** Periods before and after: clocks differ, and people type. */
const tolerance = 1;

/** A new secret, in base32 as it is typed into an application that cannot see the QR code. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the QR code says. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The period whose code this is, close to `nowMs`; null: of none. Never the same one twice is for the caller to see to. */
export function periodOfCode(secret: string, code: string, nowMs: number): number | null {
  const delta = totpOf(secret, "").validate({ token: code, timestamp: nowMs, window: tolerance });
  return delta === null ? null : Math.floor(nowMs / 1000 / periodSeconds) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: "Relance", label, secret: Secret.fromBase32(secret), period: periodSeconds });
}
