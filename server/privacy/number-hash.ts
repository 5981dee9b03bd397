// An erased number as it is kept: nobody reads it back without the key, and the same number is known again
// (docs/decisions/0010).
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";

/** Of a number in E.164. */
export function numberHash(key: string, fullNumber: string): string {
  return createHash("sha256").update(`${key}:${fullNumber}`).digest("hex");
}

/** The same in a query, of a column. */
export function numberHashSql(key: string, fullNumber: SQL): SQL {
  return sql`encode(sha256(convert_to(${key}::text || ':' || ${fullNumber}, 'UTF8')), 'hex')`;
}
