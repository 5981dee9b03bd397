// What a failed query says: which constraint refused it, or that there was no database to ask.

/** Codes of postgres.js and node for a connection that could not be made, or went away. */
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

/** Class 08 (connection), 53300 (too many connections), 57P01 to 57P03 (shutting down, starting up). */
const connectionStates = /^(08...|53300|57P0[1-3])$/;

/** Whether a query failed for want of a database, and not because of what it asked. */
export function isConnectionFailure(error: unknown): boolean {
  return causes(error).some(({ code }) => connectionCodes.has(code) || connectionStates.test(code));
}

/** Whether a write was refused by the unique constraint of this name. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return causes(error).some(({ code, constraintName }) => code === "23505" && constraintName === constraint);
}

/** Drizzle wraps what the driver threw, tRPC wraps Drizzle. */
function causes(error: unknown): { code: string; constraintName: string }[] {
  const found = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const { code, constraint_name } = at as { code?: unknown; constraint_name?: unknown };
    found.push({ code: String(code ?? ""), constraintName: String(constraint_name ?? "") });
  }
  return found;
}
