// What a failed query says: which constraint refused it, or that there was no database to ask.

/** Codes of the drivers and of node for a connection that could not be made, or went away. */
const connectionCodes = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** What node-postgres says without any code, and PostgreSQL under 55000, which says many other things too. */
const connectionWords =
  /connection terminated|is not currently accepting connections|timeout exceeded when trying to connect|client has encountered a connection error|query read timeout|cannot use a pool after calling end/i;

/**
 * Class 08 (connection), 53300 (too many connections), 57P01 to 57P03 (shutting down, starting up), 57P04 (database
 * dropped), 57P05 and 25P03 (ended for having been idle).
 */
const connectionStates = /^(08...|25P03|53300|57P0[1-5])$/;

/** Whether a query failed for want of a database, and not because of what it asked. */
export function isConnectionFailure(error: unknown): boolean {
  return errorCauses(error).some(
    ({ code, message }) =>
      connectionCodes.has(code) || connectionStates.test(code) || connectionWords.test(message),
  );
}

/** Whether a write was refused by the unique constraint of this name; without one, by any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return errorCauses(error).some(
    ({ code, constraintName }) =>
      code === "23505" && (constraint === undefined || constraintName === constraint),
  );
}

/** Whether a query named a table, a column or a schema that is not there: a migration has not run. */
export function isUndefinedInDatabase(error: unknown): boolean {
  return errorCauses(error).some(({ code }) => ["42P01", "42703", "3F000"].includes(code));
}

export type ErrorCause = { code: string; constraintName: string; message: string };

/** What the driver threw and what was wrapped around it, the outermost first: Drizzle wraps the driver's, tRPC Drizzle's. */
export function errorCauses(error: unknown): ErrorCause[] {
  const found = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const { code, constraint, message } = at as { code?: unknown; constraint?: unknown; message: string };
    // Drizzle's own message repeats the query, which may say anything.
    const said = at.cause ? "" : message;
    found.push({ code: String(code ?? ""), constraintName: String(constraint ?? ""), message: said });
  }
  return found;
}
