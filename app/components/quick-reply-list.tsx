import { Link } from "@remix-run/react";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";

const text = frConversations.quick;

type QuickReplyListProps = {
  id: string;
  replies: readonly QuickReplyRow[];
  /** which one Enter takes */
  active: number;
  onChoose: (reply: QuickReplyRow) => void;
};

/** Above the field that the slash was typed in, which keeps the focus. */
export function QuickReplyList({ id, replies, active, onChoose }: QuickReplyListProps) {
  const keepFocus = (event: React.MouseEvent) => event.preventDefault();
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-1 max-h-64 animate-rise overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float">
      <span role="status" className="block px-2.5 py-1 text-ink-soft text-xs">
        {text.found(replies.length)}
      </span>
      {replies.length === 0 ? (
        <Link
          to={`${paths.quickReplies}?ajouter=1`}
          onMouseDown={keepFocus}
          className="block rounded-lg px-2.5 py-2 text-accent-ink hover:bg-sunken"
        >
          {text.add}
        </Link>
      ) : (
        <div role="listbox" id={id} aria-label={text.list}>
          {replies.map((reply, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
            <div
              key={reply.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={keepFocus}
              onClick={() => onChoose(reply)}
              className={cn(
                "grid cursor-pointer gap-0.5 rounded-lg px-2.5 py-2",
                index === active ? "bg-sunken" : "hover:bg-sunken",
              )}
            >
              <span className="font-medium">/{reply.shortcut}</span>
              <span className="truncate text-ink-soft">{reply.content}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
