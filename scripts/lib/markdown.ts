// What the tests of the documents read in a Markdown page.

export type Heading = { level: number; text: string; anchor: string };

const fence = /^\s*(```|~~~)/;

/** The lines with those of code blocks emptied: what looks like a heading or a link there is none. */
function prose(page: string): string[] {
  let inside = false;
  return page.split("\n").map((line) => {
    const isFence = fence.test(line);
    if (isFence) inside = !inside;
    return inside || isFence ? "" : line;
  });
}

/** The headings, with the anchors that GitHub gives them. */
export function headingsOf(page: string): Heading[] {
  const seen = new Map<string, number>();
  return prose(page).flatMap((line) => {
    const [, marks, text] = /^(#{1,6}) (.+)$/.exec(line) ?? [];
    if (!marks || !text) return [];
    const base = anchorOf(text);
    const before = seen.get(base) ?? 0;
    seen.set(base, before + 1);
    return [{ level: marks.length, text: text.trim(), anchor: before === 0 ? base : `${base}-${before}` }];
  });
}

/** The text under the heading that begins so, up to the next one of its level or above; throws when there is none. */
export function sectionOf(page: string, title: string): string {
  const lines = page.split("\n");
  const levels = prose(page).map((line) => /^(#{1,6}) /.exec(line)?.[1]?.length ?? 0);
  const start = lines.findIndex((line, at) => levels[at] && line.replace(/^#+ /, "").startsWith(title));
  if (start < 0) throw new Error(`no heading « ${title} »`);
  const level = levels[start] ?? 0;
  const end = levels.findIndex((other, at) => at > start && other > 0 && other <= level);
  return lines.slice(start + 1, end < 0 ? undefined : end).join("\n");
}

/** Where the links and pictures of the text lead. */
export function linksOf(page: string): string[] {
  const text = prose(page)
    .join("\n")
    .replace(/`[^`\n]*`/g, "code");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The code blocks of a language. */
export function codeOf(page: string, language: string): string[] {
  const blocks = [...page.matchAll(/^([ \t]*)```(\S*)\n([\s\S]*?)^\1```/gm)];
  return blocks.filter(([, , of]) => of === language).map(([, , , code = ""]) => code);
}

/** The code within sentences and tables. */
export function inlineCodeOf(page: string): string[] {
  return [
    ...prose(page)
      .join("\n")
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, code = ""]) => code);
}

/** The cells of every table row, header rows and rules among them left out by whoever looks for more. */
export function rowsOf(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.trim().startsWith("|"))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}
