// The one way to the database: a pool of node-postgres under Drizzle (docs/decisions/0003: postgres.js may leave a query
// waiting for ever after a connection was reset, and a worker must never live and do nothing).
import type { SQL } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { PgTransactionConfig } from "drizzle-orm/pg-core";
import pg from "pg";
import { secured } from "#db/tls.ts";

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What every domain function takes first: the database, or the transaction it is to be part of. */
export type Executor = Database | Transaction;

export type ConnectOptions = {
  /** connections at most */
  max?: number;
  applicationName?: string;
  /** told of connections that were lost */
  onLost?: (error: Error) => void;
};

/** Connections of a pool; `waiting`: how many ask for one. */
export type PoolCounts = { used: number; idle: number; waiting: number; max: number };

export type Connection = { db: Database; close: () => Promise<void>; counts: () => PoolCounts };

const connectMs = 5_000;
/** Far longer than anything we ask takes; a database that froze must not hold us for ever. */
const queryMs = 60_000;

/**
 * `"$user"`, first in the default search path, would look for our tables in the schema of ours that a user named relance
 * shares the name of. Said by SET and not at the start of the connection: a pooler such as PgBouncer refuses `options`
 * and start-up parameters it does not know. What a transaction pooler hands on to another client is harmless, and where
 * it forgets, that schema still holds functions alone.
 */
const session = `set time zone 'UTC'; set statement_timeout = ${queryMs}; set search_path to public`;

/**
 * Opens a pool (TLS: `secured`). Every connection speaks UTC; one that was lost is replaced at the next query. Prepares no named
 * statement, so that a transaction pooler may stand between.
 */
export function connect(
  url: string,
  { max = 10, applicationName = "relance", onLost = () => {} }: ConnectOptions = {},
): Connection {
  const { url: connectionString, ssl } = secured(url);
  const pool = new pg.Pool({
    connectionString,
    ssl,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs + 1_000,
    keepAlive: true,
    onConnect: async (client) => {
      // Lost between two queries of a transaction: the next one fails, the process must not.
      client.on("error", onLost);
      await client.query(session);
    },
  });
  pool.on("error", onLost);
  const db: Database = drizzle(pool);
  db.transaction = (work, config) => transact(pool, work, config);
  const counts = () => ({
    used: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    max,
  });
  return { db, close: () => pool.end(), counts };
}

/**
 * Drizzle's own transaction never gives back a connection whose BEGIN failed, as the first one after an outage does: a
 * few outages later the pool is empty for good. Here it is given back whatever happens, and closed unless it is idle.
 */
async function transact<Result>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> {
  const client = await pool.connect();
  let begun = false;
  try {
    return await drizzle(client).transaction((tx) => {
      begun = true;
      return work(tx);
    }, config);
  } finally {
    client.release(!begun || client.getTransactionStatus() !== "I");
  }
}

/** The rows of a query written in SQL, for what the query builder cannot say. */
export async function queryRows<Row extends Record<string, unknown>>(
  db: Executor,
  query: SQL,
): Promise<Row[]> {
  const { rows } = await db.execute(query);
  return rows as Row[];
}
