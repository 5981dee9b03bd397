// The charts that need recharts, a hundred kilobytes: only ever loaded lazily.
import {
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { Pattern, patternUrl } from "#app/components/charts/patterns.tsx";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { roundTicks } from "#app/lib/round-ticks.ts";

const axis = {
  stroke: "var(--ink-soft)",
  tickLine: false,
  axisLine: false,
  tick: { fill: "var(--ink-soft)" },
} as const;
/** Of an axis of counts, to a round number above them all. */
function scale(values: readonly number[]) {
  const ticks = roundTicks(Math.max(0, ...values));
  return { ticks, domain: [0, ticks.at(-1) ?? 1], width: 44, tickFormatter: count };
}

const grid = <CartesianGrid vertical={false} stroke="var(--line)" />;
const tooltip = (
  <Tooltip
    isAnimationActive={false}
    cursor={{ fill: "var(--sunken)" }}
    formatter={(value) => count(Number(value))}
    contentStyle={{
      background: "var(--raised)",
      border: "1px solid var(--line)",
      borderRadius: 8,
      color: "var(--ink)",
    }}
    itemStyle={{ color: "var(--ink)" }}
  />
);
const margin = { top: 8, right: 8, bottom: 0, left: 0 };

export type VolumePoint = { label: string; accepted: number; failed: number; answers: number };

/** Bars of what went out and what failed, a line of what came back. */
export function VolumeChart({ points }: { points: readonly VolumePoint[] }) {
  const text = fr.dashboard.volume;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...points]} margin={margin} accessibilityLayer={false} barGap={0}>
        <defs>
          <Pattern id="volume-failed" fill="diagonal" color="var(--danger)" />
        </defs>
        {grid}
        <XAxis dataKey="label" {...axis} minTickGap={16} />
        <YAxis
          {...axis}
          {...scale(points.flatMap((point) => [point.accepted, point.failed, point.answers]))}
        />
        {tooltip}
        <Bar
          dataKey="accepted"
          name={text.accepted}
          fill="var(--accent)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
        <Bar
          dataKey="failed"
          name={text.failed}
          fill={patternUrl("volume-failed")}
          stroke="var(--danger)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
        <Line
          dataKey="answers"
          name={text.answers}
          type="linear"
          stroke="var(--info)"
          strokeWidth={2}
          strokeDasharray="5 3"
          dot={points.length <= 30 && { r: 3, fill: "var(--surface)", strokeDasharray: "0" }}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Answers by hour of the day. */
export function HoursChart({ hours }: { hours: readonly number[] }) {
  const text = fr.dashboard.hours;
  const points = hours.map((answers, hour) => ({ label: text.tick(hour), answers }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} margin={margin} accessibilityLayer={false}>
        {grid}
        <XAxis dataKey="label" {...axis} interval={5} />
        <YAxis {...axis} {...scale(hours)} />
        {tooltip}
        <Bar
          dataKey="answers"
          name={text.answers}
          fill="var(--info)"
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
