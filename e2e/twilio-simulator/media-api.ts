// The files that came with inbound messages: the API asks for the credentials and redirects to a content network, which
// asks for none. Pictures are all the same square; other types have bytes that are nothing.
import type { ServerResponse } from "node:http";
import { deflateSync } from "node:zlib";
import type { ApiRequest } from "./http.ts";

const cdn = "/_media";

const resource =
  /^\/2010-04-01\/Accounts\/AC[0-9a-fA-F]{32}\/Messages\/[A-Z]{2}[^/]+\/Media\/(ME[0-9a-fA-F]+)$/;

/** Sends whoever asks for a file to where it lies; false when the path is none of a file. */
export function redirectToMedia(response: ServerResponse, { path, origin }: ApiRequest): boolean {
  const [, sid] = resource.exec(path) ?? [];
  if (!sid) return false;
  response.writeHead(307, { location: `${origin}${cdn}/${sid}` }).end();
  return true;
}

/** Whether a path is one of the content network. */
export const isMediaPath = (path: string): boolean => path.startsWith(`${cdn}/`);

/** The file itself. */
export function sendMedia(response: ServerResponse): void {
  const body = png();
  response.writeHead(200, { "content-type": "image/png", "content-length": body.length });
  response.end(body);
}

/** A green square of 96 × 96 pixels. */
function png(): Buffer {
  const size = 96;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from([63, 143, 90]))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
