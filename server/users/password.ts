// Passwords as bcrypt hashes; those of the previous system (`$2b$12$…`) are the same kind.
import { compare, hash } from "bcryptjs";

const cost = 12;
export const minimumPasswordLength = 10;

/** Of a random password nobody knows: comparing with it takes as long as comparing with a real one. */
const nobodysHash = "$2b$12$XjBSwCgKL2hthw1VI.eHxebnstsPtvNitppYHYxYaIEK.Hj0XsEsm";

/** The hash to store. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Whether the password is the hashed one. Without a hash the answer is no, after just as long. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await compare(password, passwordHash ?? nobodysHash);
  return matches && passwordHash !== null;
}
