// LISTEN on a connection of its own: a transaction pooler cannot carry it, and it must survive a database restart.
import postgres from "postgres";

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
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: "relance-listen" },
  });
  await client.listen(channel, onPayload, onConnect);
  return { close: () => client.end({ timeout: 1 }) };
}
