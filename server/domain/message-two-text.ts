// The text of Message 2: how long it may be, and which links it may carry.

export const messageTwoMaxLength = 1600;

export type MessageTwoProblem = { key: "required" | "too_long" | "invalid_link"; link?: string };

export type TextPart = { text: string } | { text: string; href: string };

const linkPattern = /\b(?:[a-z][a-z0-9+.-]*:\/\/[^\s<>"]*|(?:www\.|wa\.me(?=[/?]))[^\s<>"]*)/gi;
const punctuation = /[.,;:!?…»”’'"*_~)]$/u;

/** What keeps a text from being sent as Message 2, or null. Length in UTF-16 units, the strictest way to count. */
export function messageTwoProblem(text: string): MessageTwoProblem | null {
  if (text.trim() === "") return { key: "required" };
  if (text.length > messageTwoMaxLength) return { key: "too_long" };
  const broken = linksOf(text).find(({ link }) => hrefOf(link) === null);
  return broken ? { key: "invalid_link", link: broken.link } : null;
}

/** The text cut into plain parts and links, in order, for a preview whose links can be clicked. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { link, index } of linksOf(text)) {
    const href = hrefOf(link);
    if (href === null) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: link, href });
    end = index + link.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function linksOf(text: string): { link: string; index: number }[] {
  return [...text.matchAll(linkPattern)].map((match) => ({
    link: withoutTrailingPunctuation(match[0]),
    index: match.index,
  }));
}

/** "(voir https://exemple.fr)." ends before the bracket; "https://fr.wikipedia.org/wiki/Paris_(Texas)" keeps its own. */
function withoutTrailingPunctuation(link: string): string {
  let kept = link;
  while (punctuation.test(kept)) {
    const closesItsOwn = kept.endsWith(")") && kept.split("(").length >= kept.split(")").length;
    if (closesItsOwn) return kept;
    kept = kept.slice(0, -1);
  }
  return kept;
}

/** The address a link leads to, or null when it leads nowhere. */
function hrefOf(link: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  if (url.hostname === "wa.me") return isWhatsAppPath(url) ? address : null;
  const isPublicName = /^(?!-)[^\s.]+(\.[^\s.]+)*\.(?!\d+$)[^\s.]{2,}$/u.test(url.hostname);
  return isPublicName ? address : null;
}

/** wa.me/33612345678, wa.me/message/CODE, wa.me/c/…, wa.me/qr/CODE or wa.me/?text=… (faq.whatsapp.com, click to chat). */
function isWhatsAppPath(url: URL): boolean {
  if (url.pathname === "/") return url.searchParams.has("text");
  return /^\/(?:[1-9]\d{6,14}|message\/\w+|qr\/\w+|c\/\d+|p\/\d+\/\d+)\/?$/.test(url.pathname);
}
