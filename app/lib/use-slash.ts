import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { matchingReplies, replaceSlashWord, slashWord } from "#app/lib/slash-word.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";

type SlashInput = {
  field: RefObject<HTMLTextAreaElement>;
  draft: string;
  setDraft: (text: string) => void;
  quickReplies: readonly QuickReplyRow[];
};

/** The list of quick replies that a slash opens: which are found, which is chosen, what keys do. */
export function useSlash({ field, draft, setDraft, quickReplies }: SlashInput) {
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const wantedCaret = useRef<number | null>(null);
  const word = caret === null ? null : slashWord(draft, caret);
  const found = word && matchingReplies(quickReplies, word.word);

  // React puts the caret at the end of a text it sets
  useLayoutEffect(() => {
    if (wantedCaret.current === null) return;
    field.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = null;
  });

  function look({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
    const at = selectionStart === selectionEnd && slashWord(value, selectionStart) ? selectionStart : null;
    if (at !== caret) setActive(0);
    setCaret(at);
  }

  function close() {
    setCaret(null);
  }

  function insert({ content }: QuickReplyRow) {
    if (!word || caret === null) return;
    const replaced = replaceSlashWord(draft, caret, word, content);
    wantedCaret.current = replaced.caret;
    setDraft(replaced.text);
    close();
    field.current?.focus();
  }

  /** Whether the key was for the list. */
  function onKey(key: string): boolean {
    if (!found) return false;
    if (key === "Escape") {
      close();
      return true;
    }
    const reply = found[active];
    if (!reply) return false;
    if (key === "ArrowDown") setActive((active + 1) % found.length);
    else if (key === "ArrowUp") setActive((active + found.length - 1) % found.length);
    else if (key === "Enter" || key === "Tab") insert(reply);
    else return false;
    return true;
  }

  return { found, active, look, close, insert, onKey };
}
