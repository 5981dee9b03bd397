// Reading a backup from its beginning to its end, a piece at a time.
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { BackupRefused, endOfRows } from "#db/backup/format.ts";

export type BackupReader = {
  /** the next line, as JSON */
  value: () => Promise<unknown>;
  /** the lines up to the end of a table's rows, in pieces of whole ones */
  rows: () => AsyncGenerator<Buffer>;
  /** that nothing follows, and that all of it was as it was written */
  end: () => Promise<void>;
  close: () => void;
};

const newline = 0x0a;
const end = `${endOfRows}\n`;

/** Throws BackupRefused where the file is none, or ends before its end. */
export function readBackup(file: string): BackupReader {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on("error", (error) => unzipped.destroy(error));
  const pieces: AsyncIterator<Buffer> = source.pipe(unzipped)[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  const next = () =>
    pieces.next().catch((error: Error & { code?: string }) => {
      throw error.code?.startsWith("Z_") ? notWhole(file, error) : error;
    });
  const readOn = async () => {
    const { value, done } = await next();
    if (done) throw notWhole(file);
    held = held.length === 0 ? value : Buffer.concat([held, value]);
  };
  const take = (bytes: number): Buffer => {
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };

  return {
    close: () => {
      source.destroy();
      unzipped.destroy();
    },
    value: async () => {
      while (!held.includes(newline)) await readOn();
      const line = take(held.indexOf(newline) + 1).toString();
      try {
        return JSON.parse(line);
      } catch (error) {
        throw notWhole(file, error);
      }
    },
    end: async () => {
      if (held.length > 0 || !(await next()).done) throw notWhole(file);
    },
    async *rows() {
      // what is held begins at the beginning of a line
      for (;;) {
        if (held.length >= end.length && held.subarray(0, end.length).toString() === end) {
          take(end.length);
          return;
        }
        const last = held.indexOf(`\n${end}`);
        const whole = last === -1 ? held.lastIndexOf(newline) : last;
        if (whole === -1) await readOn();
        else yield take(whole + 1);
      }
    },
  };
}

function notWhole(file: string, cause?: unknown): BackupRefused {
  return new BackupRefused(`${file} n'est pas une sauvegarde de Relance, ou n'est pas entier.`, { cause });
}
