// LISTEN on a connection of its own: a transaction pooler cannot carry it, and it must survive a database restart.
import postgres from "postgres";
import { secured } from "#db/tls.ts";

export type Listener = { close: () => Promise<void> };

/**
 * Calls `onPayload` for every notification on `channel`, and `onConnect` each time the subscription is (re)established,
 * since whatever was notified while it was down is lost. `url` must be a direct or session-mode address.
 */
export async function listen(
  url: string,
  channel: string,
  onPayload: (payload: string) => void,
  onConnect: () => void,
): Promise<Listener> {
  const { url: address, ssl } = secured(url);
  const client = postgres(address, {
    ssl,
    max: 1,
    connect_timeout: 5,
    // the default waits up to 20 s before it tries again
    backoff: () => 1,
    onnotice: () => {},
    connection: { application_name: "relance-listen" },
  });
  try {
    await client.listen(channel, onPayload, onConnect);
  } catch (error) {
    // it would go on trying by itself, with nobody to close it
    await client.end({ timeout: 0 });
    throw error;
  }
  return { close: () => client.end({ timeout: 1 }) };
}
