// How an address is connected to: node-postgres and postgres.js each read `sslmode` in a way of their own, and some of
// them encrypt without looking at the certificate, which keeps nobody out. Here TLS is verified or there is none.
import { readFileSync } from "node:fs";

export type Secured = {
  /** without the parameters about TLS */
  url: string;
  ssl: false | { ca?: string };
};

const parameters = ["sslmode", "sslrootcert", "ssl", "sslnegotiation", "uselibpqcompat"];
const plain = new Set(["disable", "false", "0"]);

/** Supabase's addresses, direct and pooled, which are on the open internet. */
const hosted = /\.supabase\.(co|com)$/i;

/**
 * `sslmode=disable`: no TLS; any other mode, and Supabase's hosts without one: TLS, with the certificate and the host's
 * name verified, against the authority in the file `sslrootcert` or the known ones. Throws when that file is not there.
 * https://supabase.com/docs/guides/platform/ssl-enforcement
 */
export function secured(address: string): Secured {
  const url = new URL(address);
  const mode = url.searchParams.get("sslmode") ?? url.searchParams.get("ssl");
  const authority = url.searchParams.get("sslrootcert");
  for (const name of parameters) url.searchParams.delete(name);
  const wanted = mode === null ? authority !== null || hosted.test(url.hostname) : !plain.has(mode);
  const ca = wanted && authority && authority !== "system" ? readFileSync(authority, "utf8") : undefined;
  return { url: url.href, ssl: wanted && (ca === undefined ? {} : { ca }) };
}
