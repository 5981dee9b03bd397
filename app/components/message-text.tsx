import { Fragment } from "react";
import { type TextNode, whatsAppText } from "#app/lib/whatsapp-text.ts";

/** A message text as WhatsApp shows it, its links clickable. */
export function MessageText({ text }: { text: string }) {
  return (
    <span className="whitespace-pre-wrap break-words">
      <Nodes nodes={whatsAppText(text)} />
    </span>
  );
}

const tags = { bold: "strong", italic: "em", struck: "s", fixed: "code" } as const;

function Nodes({ nodes }: { nodes: TextNode[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no identity but their place
  return nodes.map((node, index) => <Fragment key={`${index}-${node.kind}`}>{rendered(node)}</Fragment>);
}

function rendered(node: TextNode) {
  switch (node.kind) {
    case "text":
      return node.text;
    case "link":
      return (
        <a
          href={node.href}
          target="_blank"
          rel="noopener noreferrer"
          className="text-chat-link underline underline-offset-2"
        >
          {node.text}
        </a>
      );
    case "placeholder":
      return <mark className="rounded bg-warning-soft px-1 font-medium text-warning-ink">{node.text}</mark>;
    default: {
      const Tag = tags[node.kind];
      return (
        <Tag>
          <Nodes nodes={node.children} />
        </Tag>
      );
    }
  }
}
