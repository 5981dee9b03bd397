// Passwords as bcrypt hashes; those of the previous system (`$2b$12$…`) are the same kind. What a new one must be is what
// NIST SP 800-63B asks for: long, none of the commonest, nothing of the person it protects, and any characters at all.
import { randomInt } from "node:crypto";
import { compare, hash } from "bcryptjs";
import { AppError } from "#server/errors.ts";
import { commonWords } from "#server/users/common-passwords.ts";

const cost = 12;
const minimumPasswordLength = 12;
/** bcrypt looks at no more: of a longer one, anything with the same beginning would open the account. */
const maximumPasswordBytes = 72;
/** Different characters beyond what anybody would try first. */
const minimumOwnCharacters = 5;

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

/**
 * Refuses a password that is too easily found for the account `email`. AppErrors: `user.weak_password` (meta minimum, in
 * characters), `user.long_password` (meta maximum, in bytes), `user.common_password`.
 */
export function requireStrongPassword(password: string, { email }: { email: string }): void {
  if ([...password].length < minimumPasswordLength) {
    throw new AppError("user.weak_password", { minimum: minimumPasswordLength });
  }
  if (Buffer.byteLength(password) > maximumPasswordBytes) {
    throw new AppError("user.long_password", { maximum: maximumPasswordBytes });
  }
  if (ownCharacters(password, email) < minimumOwnCharacters) throw new AppError("user.common_password");
}

/** How many different characters are left without the words everybody tries, those of the address, and rows of keys. */
function ownCharacters(password: string, email: string): number {
  let left = password.toLowerCase();
  const words = [...email.toLowerCase().split(/[^a-z0-9]+/), ...commonWords].filter(
    ({ length }) => length > 2,
  );
  for (const word of words.sort((a, b) => b.length - a.length)) left = left.replaceAll(word, "");
  return new Set(withoutRows(left)).size;
}

/** Without "aaa", "345" and "cba". */
function withoutRows(text: string): string {
  let kept = "";
  let row = "";
  let step: number | null = null;
  const end = () => {
    kept += row.length < 3 ? row : "";
  };
  for (const letter of text) {
    const distance = row === "" ? null : letter.charCodeAt(0) - row.charCodeAt(row.length - 1);
    const goesOn = distance !== null && Math.abs(distance) < 2 && (step === null || step === distance);
    if (goesOn) {
      step = distance;
      row += letter;
    } else {
      end();
      row = letter;
      step = null;
    }
  }
  end();
  return kept;
}

/** A random password that can be dictated, "k7fq-2mzt-9xwc-hn4d": 79 bits. */
export function makePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(""),
  );
  return groups.join("-");
}
