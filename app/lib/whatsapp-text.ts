// How WhatsApp shows a text: links, and *bold*, _italic_, ~struck~ and ```fixed```, which may be nested.
import { splitLinks } from "#server/domain/message-two-text.ts";

export type TextNode =
  | { kind: "text"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "placeholder"; text: string }
  | { kind: "bold" | "italic" | "struck" | "fixed"; children: TextNode[] };

const marks = { "*": "bold", _: "italic", "~": "struck", "```": "fixed" } as const;

/** A mark counts where a word begins and another ends: "2*3*4" stays what it is. */
const marked = /(?<![\p{L}\p{N}])(```|[*_~])(?=\S)((?:(?!\1)[\s\S])+?)(?<=\S)\1(?![\p{L}\p{N}])/u;

const placeholder = /\{\{\s*[A-Za-z0-9_]{1,16}\s*\}\}/;

/** A message as its recipient sees it, as a tree to render. */
export function whatsAppText(text: string): TextNode[] {
  return splitLinks(text).flatMap((part) =>
    "href" in part ? [{ kind: "link" as const, text: part.text, href: part.href }] : formatted(part.text),
  );
}

function formatted(text: string): TextNode[] {
  const match = marked.exec(text);
  if (!match) return withPlaceholders(text);
  const mark = match[1] as keyof typeof marks;
  const inner = match[2] ?? "";
  const children: TextNode[] = mark === "```" ? [{ kind: "text", text: inner }] : formatted(inner);
  return [
    ...withPlaceholders(text.slice(0, match.index)),
    { kind: marks[mark], children },
    ...formatted(text.slice(match.index + match[0].length)),
  ];
}

function withPlaceholders(text: string): TextNode[] {
  const match = placeholder.exec(text);
  if (!match) return text === "" ? [] : [{ kind: "text", text }];
  return [
    ...withPlaceholders(text.slice(0, match.index)),
    { kind: "placeholder", text: match[0] },
    ...withPlaceholders(text.slice(match.index + match[0].length)),
  ];
}
