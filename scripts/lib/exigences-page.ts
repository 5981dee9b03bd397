// docs/exigences.md: what is said of each criterion, and the line that names its proofs.
import type { Proof } from "#scripts/lib/proofs.ts";

export type CriterionSection = { id: string; quote: string; answer: string; proofs: string[] };

const heading = /^### (\d+\.\d+)$/;
const proofsLine = /^Preuves : /;

/** The sections of the page, one for each criterion, in their order. */
export function sectionsOf(page: string): CriterionSection[] {
  return page
    .split(/^(?=#{1,3} )/m)
    .flatMap((part) => {
      const [title = "", ...lines] = part.split("\n");
      const id = heading.exec(title)?.[1];
      return id ? [{ id, lines }] : [];
    })
    .map(({ id, lines }) => ({
      id,
      quote: lines
        .filter((line) => line.startsWith("> "))
        .map((line) => line.slice(2))
        .join(" "),
      answer: lines
        .filter((line) => line && !line.startsWith("> ") && !proofsLine.test(line))
        .join(" ")
        .trim(),
      proofs: [...(lines.find((line) => proofsLine.test(line)) ?? "").matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(
        ([, file = ""]) => file,
      ),
    }));
}

/** The page with the files that prove each criterion named anew. */
export function withProofs(page: string, proofs: readonly Proof[]): string {
  return page
    .split(/^(?=#{1,3} )/m)
    .map((part) => {
      const id = heading.exec(part.split("\n", 1)[0] ?? "")?.[1];
      return id ? `${withoutProofs(part)}${lineOf(id, proofs)}\n` : part;
    })
    .join("")
    .replace(/\n+$/, "\n");
}

function withoutProofs(part: string): string {
  const lines = part.split("\n").filter((line) => !proofsLine.test(line));
  return `${lines.join("\n").trimEnd()}\n`;
}

function lineOf(id: string, proofs: readonly Proof[]): string {
  const files = new Set(proofs.filter(({ criterion }) => criterion === id).map(({ file }) => file));
  if (files.size === 0) return "";
  return `\nPreuves : ${[...files].map((file) => `[${file}](../${file})`).join(", ")}\n`;
}
