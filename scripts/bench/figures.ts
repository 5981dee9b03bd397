// What a benchmark finds, and how it is shown. A figure with a bar is judged; one without is information.
export type Figure = {
  name: string;
  /** what was measured, ready to read: `6.4 s`, `412 /s` */
  value: string;
  /** the floor measured in the same run */
  floor: string;
  /** value against floor, in the direction the bar is written */
  ratio: number;
  /** the most, or the least, the ratio may be */
  bar?: { atMost: number } | { atLeast: number };
};

export function isReached({ ratio, bar }: Figure): boolean {
  if (!bar) return true;
  return "atMost" in bar ? ratio <= bar.atMost : ratio >= bar.atLeast;
}

/** A table in Markdown, which reads as well on a terminal. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "measured", "floor in the same run", "ratio", "bar", ""],
    ...figures.map((figure) => [
      figure.name,
      figure.value,
      figure.floor,
      figure.ratio.toFixed(figure.ratio < 10 ? 3 : 1),
      barOf(figure),
      figure.bar ? (isReached(figure) ? "reached" : "MISSED") : "",
    ]),
  ];
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] as number)).join(" | ")} |`;
  const [head, ...body] = rows as [string[], ...string[][]];
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

function barOf({ bar }: Figure): string {
  if (!bar) return "–";
  return "atMost" in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`;
}

export const milliseconds = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(1)} ms`;
export const perSecond = (rate: number): string => `${rate.toFixed(rate < 100 ? 1 : 0)} /s`;

/** The value below which the share `q` of them lies; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
