// An error as the log may hold it: what happened and where, none of the values it happened to.
import { DrizzleQueryError } from "drizzle-orm/errors";
import { isConnectionFailure } from "#db/errors.ts";
import { maskPhone } from "#server/domain/phone.ts";

type LoggedError = { type: string; message: string; stack?: string; code?: string | number };

/**
 * The serialiser of `err` in every log. A failed query is told without its parameters and without the row that
 * PostgreSQL describes; phone numbers are masked wherever they are. A database that is away has no stack: it fails
 * everything at once, wherever it is called, and would bury the log.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const type = error.constructor.name;
  const logged: LoggedError = isConnectionFailure(error)
    ? { type, message: withoutNumbers(messagesOf(error)) }
    : { type, message: withoutNumbers(messageOf(error)), stack: withoutNumbers(stackOf(error)) };
  return typeof code === "string" || typeof code === "number" ? { ...logged, code } : logged;
}

function messageOf(error: Error): string {
  return error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message;
}

function messagesOf(error: Error, depth = 0): string {
  const own = messageOf(error);
  return error.cause instanceof Error && depth < 5 ? `${own}: ${messagesOf(error.cause, depth + 1)}` : own;
}

function stackOf(error: Error, depth = 0): string {
  const own = (error.stack ?? "").replace(error.message, () => messageOf(error));
  const cause = error.cause instanceof Error && depth < 5 ? stackOf(error.cause, depth + 1) : "";
  return cause ? `${own}\ncaused by: ${cause}` : own;
}

/** A text of somebody else, such as Twilio, with every phone number in it masked. */
export function withoutNumbers(text: string): string {
  return text.replace(/\+[1-9]\d{6,14}/g, maskPhone);
}
