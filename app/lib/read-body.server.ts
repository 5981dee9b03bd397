/** The body of a request as it came, or null when it is longer than `limit` bytes: no more than that is ever held. */
export async function readBody(request: Request, limit: number): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength;
    // not cancelled: that would cut the connection before the refusal is on it
    if (size > limit) return null;
    chunks.push(read.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
