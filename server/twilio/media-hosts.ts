// Where a file that came with a message may be fetched from. Its address came in a webhook, and what a redirect says comes
// from outside: neither is followed anywhere but to Twilio.

export type MediaSettings = { twilioAccountSid: string; twilioApiBaseUrl?: string | null | undefined };

/** `credentials`: Twilio's API asks for them; nobody else gets them. */
export type MediaPlace = { url: URL; credentials: boolean };

const apiOrigin = "https://api.twilio.com";

/** Where the API redirects to (Twilio's documentation of the Media resource). */
const cdnHosts = ["media.twiliocdn.com", "mms.twiliocdn.com"];
const cdnBucket = { host: "s3-external-1.amazonaws.com", path: "/media.twiliocdn.com/" };

/**
 * The place an address names, or null where it is none of Twilio's: a file of our account at its API (or at
 * TWILIO_API_BASE_URL, which stands for it), or one at its content network.
 */
export function mediaPlace(address: string, settings: MediaSettings): MediaPlace | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username || url.password) return null;
  const base = settings.twilioApiBaseUrl ? new URL(settings.twilioApiBaseUrl).origin : apiOrigin;
  if (url.origin === apiOrigin || url.origin === base) {
    const isOurs = url.pathname.startsWith(`/2010-04-01/Accounts/${settings.twilioAccountSid}/`);
    if (isOurs) return { url: new URL(url.pathname + url.search, base), credentials: true };
    // a stand-in serves its files itself
    return url.origin === base && base !== apiOrigin ? { url, credentials: false } : null;
  }
  if (url.protocol !== "https:" || url.port !== "") return null;
  const isCdn = cdnHosts.includes(url.hostname);
  const isBucket = url.hostname === cdnBucket.host && url.pathname.startsWith(cdnBucket.path);
  return isCdn || isBucket ? { url, credentials: false } : null;
}
