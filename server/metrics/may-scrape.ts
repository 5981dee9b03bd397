// Who may read the metrics: whoever carries the token, and without one nobody but this machine.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isLoopback } from "#server/address-key.ts";

/** Anything of these was put there by a proxy: the request comes from farther than the socket says. */
const forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/**
 * Whether the request may read the metrics. Without a token it must come from this machine and through no proxy: a tunnel
 * such as ngrok calls from here for the whole world.
 */
export function mayScrape({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) {
    const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
    return timingSafeEqual(digest(given), digest(token));
  }
  return isLoopback(socket.remoteAddress ?? "") && forwarding.every((name) => headers[name] === undefined);
}

const digest = (text: string) => createHash("sha256").update(text).digest();
