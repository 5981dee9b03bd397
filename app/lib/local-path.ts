const anyOrigin = "http://relance.invalid";

/** The path and query of an address if it leads to a page of ours, or null: nobody is sent to another site. */
export function localPath(address: string | null | undefined): string | null {
  if (!address?.startsWith("/") || !URL.canParse(address, anyOrigin)) return null;
  const { origin, pathname, search } = new URL(address, anyOrigin);
  // "//elsewhere.example" would be an address without its protocol
  return origin === anyOrigin && !pathname.startsWith("//") ? pathname + search : null;
}
