// The cookie that carries the session's token, and nothing else; and one for the minutes between password and code.
import { createCookie } from "@remix-run/node";

const cookie = createCookie("relance_session", { path: "/", httpOnly: true, sameSite: "lax" });

const challengeCookie = createCookie("relance_challenge", {
  path: "/connexion",
  httpOnly: true,
  sameSite: "strict",
});

const challengeSeconds = 300;

type Security = { secureCookies: boolean };

/** The token a request brings, or null. */
export async function sessionToken(request: Request): Promise<string | null> {
  const value: unknown = await cookie.parse(request.headers.get("cookie"));
  return typeof value === "string" && value !== "" ? value : null;
}

/** `Set-Cookie` after a sign-in. It ends with the browser; how long it is valid is decided by the server. */
export function sessionHeader(token: string, { secureCookies }: Security): Promise<string> {
  return cookie.serialize(token, { secure: secureCookies });
}

/** `Set-Cookie` after a sign-out. */
export function noSessionHeader({ secureCookies }: Security): Promise<string> {
  return cookie.serialize("", { secure: secureCookies, maxAge: 0 });
}

/** What a sign-in that waits for its code has to bring back, or null. */
export async function signInChallenge(request: Request): Promise<string | null> {
  const value: unknown = await challengeCookie.parse(request.headers.get("cookie"));
  return typeof value === "string" && value !== "" ? value : null;
}

/** `Set-Cookie` between password and code; null: it is over. */
export function challengeHeader(challenge: string | null, { secureCookies }: Security): Promise<string> {
  const maxAge = challenge === null ? 0 : challengeSeconds;
  return challengeCookie.serialize(challenge ?? "", { secure: secureCookies, maxAge });
}

/**
 * Whether a page asks by itself, without its user: that is no activity of the session. The browser sets this cookie while
 * it reads a page again because of the event stream.
 */
export function isQuiet(request: Request): boolean {
  return /(?:^|;\s*)relance_quiet=1(?:;|$)/.test(request.headers.get("cookie") ?? "");
}
