// Passwords as bcrypt hashes; those of the previous system (`$2b$12$…`) are the same kind.
import { randomInt } from "node:crypto";
import { compare, hash } from "bcryptjs";
import { AppError } from "#server/errors.ts";

const cost = 12;
const minimumPasswordLength = 10;

/** Of a random password nobody knows: comparing with it takes as long as comparing with a real one. */
const nobodysHash = "$2b$12$XjBSwCgKL2hthw1VI.eHxebnstsPtvNitppYHYxYaIEK.Hj0XsEsm";

/** Without what is mistaken for something else when it is read aloud or copied by hand: 0 and o, 1, i and l. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** The hash to store. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password is the hashed one. Without a hash the answer is no, after just as long. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await compare(password, passwordHash ?? nobodysHash);
  return matches && passwordHash !== null;
}

/** AppError `user.weak_password` (meta minimum) for one that is too short. */
export function requireStrongPassword(password: string): void {
  if (password.length < minimumPasswordLength) {
    throw new AppError("user.weak_password", { minimum: minimumPasswordLength });
  }
}

/** A random password that can be dictated, "k7fq-2mzt-9xwc-hn4d": 79 bits. */
export function makePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(""),
  );
  return groups.join("-");
}
