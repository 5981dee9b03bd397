// The word after a slash that a person is typing, for quick replies.

type SlashWord = {
  /** what stands after the slash, in lower case */
  word: string;
  /** where the slash stands */
  start: number;
};

/** The slash word that ends at the caret, or null: "/bon" and "Merci /bon", but neither "et/ou" nor "https://". */
export function slashWord(text: string, caret: number): SlashWord | null {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const word = match[1] ?? "";
  return { word: word.toLowerCase(), start: caret - word.length - 1 };
}

/** The text with the slash word replaced, and where the caret then stands. */
export function replaceSlashWord(
  text: string,
  caret: number,
  { start }: SlashWord,
  content: string,
): { text: string; caret: number } {
  return { text: text.slice(0, start) + content + text.slice(caret), caret: start + content.length };
}

/** The quick replies whose shortcut begins with the word, without regard to accents. */
export function matchingReplies<Reply extends { shortcut: string }>(
  replies: readonly Reply[],
  word: string,
): Reply[] {
  const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return replies.filter(({ shortcut }) => plain(shortcut).startsWith(plain(word)));
}
