// A form with a file in it, read as it comes: nothing beyond the limit is ever held.
import { unstable_parseMultipartFormData } from "@remix-run/node";

export type UploadedFile = { name: string; bytes: Uint8Array };

type Upload = {
  /** of the field `file`; null: none was chosen */
  file: UploadedFile | null;
  /** the other fields, and the file's as an empty one */
  fields: FormData;
  /** all of it together was longer than the limit */
  tooBig: boolean;
};

/**
 * Reads a multipart form of at most `limit` bytes. What is longer is read to its end all the same, and dropped: a browser
 * hears no answer before it has sent everything. Throws a Response 400 for what is no such form.
 */
export async function readUpload(request: Request, limit: number): Promise<Upload> {
  const upload: Upload = { file: null, fields: new FormData(), tooBig: false };
  let size = 0;
  try {
    upload.fields = await unstable_parseMultipartFormData(request, async ({ name, filename, data }) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of data) {
        size += chunk.length;
        if (size <= limit) chunks.push(chunk);
        else chunks.length = 0;
      }
      upload.tooBig = size > limit;
      const bytes = Buffer.concat(chunks);
      if (filename === undefined) return bytes.toString("utf8");
      // a file field in which none was chosen comes without a name and empty
      if (name === "file" && (filename !== "" || bytes.length > 0)) upload.file = { name: filename, bytes };
      return "";
    });
  } catch {
    throw new Response(null, { status: 400 });
  }
  return upload;
}
