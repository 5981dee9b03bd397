// What every loader and action of the dashboard gets from the server around it.
import type { Services } from "#server/services.ts";

export type LoadContext = {
  services: Services;
  /** path and query exactly as they came; Remix re-writes them in `request.url`, Twilio signs these */
  rawUrl: string;
  ip: string;
  requestId: string;
  /** when what was answered so far is on its way: whether anybody still takes more */
  drained: () => Promise<boolean>;
  /** for the inline scripts of the document */
  cspNonce: string;
};

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {}
}
