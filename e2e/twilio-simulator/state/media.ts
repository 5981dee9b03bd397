// The files phones sent, served as Twilio serves them. Only the newest are kept: this is a stand-in, not a disk.
import type { StoredMedia } from "./types.ts";

const filesKept = 200;

export type MediaStore = {
  add(media: StoredMedia): void;
  find(sid: string): StoredMedia | undefined;
  ofMessage(messageSid: string): StoredMedia[];
  clear(): void;
};

export function createMediaStore(): MediaStore {
  const files = new Map<string, StoredMedia>();
  return {
    add(media) {
      files.set(media.sid, media);
      const [oldest] = files.keys();
      if (files.size > filesKept && oldest !== undefined) files.delete(oldest);
    },
    find: (sid) => files.get(sid),
    ofMessage: (messageSid) => [...files.values()].filter((media) => media.messageSid === messageSid),
    clear: () => files.clear(),
  };
}
