// What tells the parts of a chart apart besides their colour. Each pattern is drawn in the current colour.
import type { ReactNode } from "react";

export type Fill = "solid" | "diagonal" | "dots" | "cross" | "lines" | "empty";

const shapes: Record<Exclude<Fill, "solid" | "empty">, ReactNode> = {
  diagonal: <path d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6" strokeWidth="2.6" stroke="currentColor" />,
  dots: <circle cx="4" cy="4" r="2.2" fill="currentColor" stroke="none" />,
  cross: <path d="M0 0 L8 8 M8 0 L0 8" strokeWidth="1.6" stroke="currentColor" />,
  lines: <path d="M0 4 L8 4" strokeWidth="2.4" stroke="currentColor" />,
};

/** The definition of one pattern, for the `<defs>` of an svg; `fill={patternUrl(id)}` uses it. */
export function Pattern({ id, fill, color }: { id: string; fill: Fill; color: string }) {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" style={{ color }}>
      <rect width="8" height="8" fill={fill === "solid" ? "currentColor" : "var(--surface)"} />
      {fill !== "solid" && fill !== "empty" && (
        <rect width="8" height="8" fill="currentColor" opacity="0.16" />
      )}
      {fill !== "solid" && fill !== "empty" && shapes[fill]}
    </pattern>
  );
}

export const patternUrl = (id: string) => `url(#${id})`;

type SwatchProps = { id: string; fill: Fill; color: string };

/** The same beside a word. */
export function Swatch({ id, fill, color }: SwatchProps) {
  return (
    <svg aria-hidden width="16" height="16" viewBox="0 0 16 16" className="shrink-0">
      <defs>
        <Pattern id={id} fill={fill} color={color} />
      </defs>
      <rect
        x="1"
        y="1"
        width="14"
        height="14"
        rx="3"
        fill={patternUrl(id)}
        stroke={color}
        strokeWidth="1.5"
      />
    </svg>
  );
}
