/** Sets a cookie of the whole site from the browser; with `maxAge` 0 it is taken away. */
export function writeCookie(name: string, value: string, maxAge: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari before 18.4 and in Firefox before 140
  document.cookie = `${name}=${value}; path=/; max-age=${maxAge}; samesite=lax`;
}
