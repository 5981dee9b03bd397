// The fragment of a webhook address, Twilio's connection overrides: `#rc=5&rp=all&rt=5000`. It is neither sent nor signed.

export type RetryCause = "4xx" | "5xx" | "ct" | "rt";

export type Connection = {
  /** what is requested and signed: no fragment, no credentials */
  url: string;
  /** `Basic …` when the address carried `user:password@` */
  authorization: string | null;
  /** retries after the first attempt, 0 to 5 */
  retryCount: number;
  retryOn: ReadonlySet<RetryCause>;
  connectTimeoutMs: number;
  readTimeoutMs: number;
  /** for all attempts together */
  totalTimeoutMs: number;
};

const causes: readonly RetryCause[] = ["4xx", "5xx", "ct", "rt"];

/** Twilio's defaults (one retry, of connection failures only; 5, 15 and 15 s) under what the fragment says. */
export function parseConnection(address: string): Connection {
  const hash = address.indexOf("#");
  const options = new URLSearchParams(hash < 0 ? "" : address.slice(hash + 1));
  const withoutFragment = hash < 0 ? address : address.slice(0, hash);
  const credentials = /^(https?:\/\/)([^/?#@]*)@/.exec(withoutFragment);
  const bounded = (name: string, fallback: number, max: number) => {
    const text = options.get(name);
    const value = text === null || text === "" ? Number.NaN : Number(text);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, max) : fallback;
  };
  const policy = (options.get("rp") ?? "ct").split(",");
  return {
    url: credentials ? credentials[1] + withoutFragment.slice(credentials[0].length) : withoutFragment,
    authorization: credentials ? `Basic ${Buffer.from(credentials[2] as string).toString("base64")}` : null,
    retryCount: bounded("rc", 1, 5),
    retryOn: new Set(policy.includes("all") ? causes : causes.filter((cause) => policy.includes(cause))),
    connectTimeoutMs: bounded("ct", 5000, 10_000),
    readTimeoutMs: bounded("rt", 15_000, 15_000),
    totalTimeoutMs: bounded("tt", 15_000, 15_000),
  };
}
