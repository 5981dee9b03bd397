// The one way to the database. Drizzle rewrites the parsers of the client it is given, so nothing else ever uses it raw.
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What every domain function takes first: the database, or the transaction it is to be part of. */
export type Executor = Database | Transaction;

export type ConnectOptions = {
  /** connections at most */
  max?: number;
  /** false behind a transaction pooler, which keeps no prepared statement between two queries */
  prepare?: boolean;
  applicationName?: string;
};

export type Connection = { db: Database; close: () => Promise<void> };

/** Opens a pool. Every connection speaks UTC; a connection lost is opened anew by the next query. */
export function connect(
  url: string,
  { max = 10, prepare = true, applicationName = "relance" }: ConnectOptions = {},
): Connection {
  const client = postgres(url, {
    max,
    prepare,
    connect_timeout: 5,
    // the default makes every query of an outage, and the first ones after it, wait up to 20 s for the next attempt
    backoff: () => 0.25,
    onnotice: () => {},
    connection: { TimeZone: "UTC", application_name: applicationName },
  });
  return { db: drizzle(client), close: () => client.end({ timeout: 5 }) };
}
