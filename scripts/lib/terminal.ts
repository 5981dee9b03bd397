// What the processes of a stack write, as a person wants to read it: one prefix each, JSON lines made plain.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { formatLogLine, isWorthAttention } from "#server/log.ts";

type OnLine = (line: string, process: string) => void;

/** Shows every line on the terminal. */
export function showLines(): OnLine {
  return (line, process) => console.log(prefixed(line, process));
}

/** Keeps every line in `file` and shows only warnings, errors and what is no line of a log. */
export function keepLines(file: string): OnLine {
  mkdirSync(dirname(file), { recursive: true });
  return (line, process) => {
    const text = prefixed(line, process);
    appendFileSync(file, `${text}\n`);
    if (isWorthAttention(line)) console.log(text);
  };
}

function prefixed(line: string, process: string): string {
  return `${process.padEnd(9)} | ${formatLogLine(line)
    .trimEnd()
    .replaceAll("\n", `\n${" ".repeat(9)} | `)}`;
}
