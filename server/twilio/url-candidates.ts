// Under which addresses Twilio may know us, when it is not the configured one.
import { signedBase } from "#server/twilio/verify-webhook.ts";

export type ReceivedAt = {
  /** TWILIO_WEBHOOK_BASE_URL */
  baseUrl: string;
  /** path and query as they came */
  rawUrl: string;
  /** of the request, names in lower case */
  headers: Readonly<Record<string, string>>;
};

/**
 * Every address a proxy or a setting may stand between, the likeliest first and each once: http for https, with and
 * without a port, with and without a slash at the end of the path or a query, the request's own host, a path the proxy
 * rewrote. The configured one is the first.
 */
export function urlCandidates({ baseUrl, rawUrl, headers }: ReceivedAt): string[] {
  const origins = originCandidates(signedBase(baseUrl), headers);
  const targets = targetCandidates(rawUrl, headers);
  return [...new Set(targets.flatMap((target) => origins.map((origin) => origin + target)))];
}

function originCandidates(base: string, headers: ReceivedAt["headers"]): string[] {
  const configured = new URL(base);
  const given = [headers["x-forwarded-host"], headers.host].flatMap((value) => hostIn(value) ?? []);
  const hosts = new Set([configured.hostname, ...given.map(({ host }) => host)]);
  const ports = new Set([
    configured.port,
    "",
    ...given.map(({ port }) => port),
    ...(/^\d{1,5}$/.test(headers["x-forwarded-port"] ?? "") ? [headers["x-forwarded-port"]] : []),
    "443",
    "80",
  ]);
  const origins = [...hosts].flatMap((host) =>
    ["https", "http"].flatMap((scheme) =>
      [...ports].map((port) => `${scheme}://${host}${port ? `:${port}` : ""}`),
    ),
  );
  return [...new Set([base, ...origins])];
}

/** Of a list of proxies the first is the one Twilio asked. */
function hostIn(value: string | undefined): { host: string; port: string } | null {
  const match = /^\s*([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\s*(?:,|$)/i.exec(value ?? "");
  return match?.[1] ? { host: match[1], port: match[2] ?? "" } : null;
}

function targetCandidates(rawUrl: string, headers: ReceivedAt["headers"]): string[] {
  const [path = "", query] = splitOnce(rawUrl, "?");
  const prefix = headers["x-forwarded-prefix"]?.replace(/\/+$/, "");
  const rewritten = [headers["x-original-uri"], headers["x-original-url"], headers["x-forwarded-uri"]];
  const whole = [
    rawUrl,
    ...(prefix?.startsWith("/") ? [prefix + rawUrl] : []),
    ...rewritten.flatMap((target) => (target?.startsWith("/") ? [target] : [])),
  ];
  const slashed = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  const search = query === undefined ? "" : `?${query}`;
  return [...new Set([...whole, slashed + search, path, slashed])];
}

function splitOnce(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
