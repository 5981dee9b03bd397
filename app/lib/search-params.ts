/** The page number in an address; 1 for none and for nonsense. */
export function pageOf(url: URL): number {
  return positiveInteger(url.searchParams.get("page")) ?? 1;
}

/** A positive whole number written in digits, or null. */
export function positiveInteger(text: string | null | undefined): number | null {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
