import { Cell, Pie, PieChart, ResponsiveContainer } from "recharts";
import { type Fill, Pattern, patternUrl } from "#app/components/charts/patterns.tsx";

export type RingPart = { key: string; value: number; fill: Fill; color: string };

/** Parts of a whole, each by colour and pattern; what they are called stands beside. */
export function Ring({ parts }: { parts: readonly RingPart[] }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <PieChart accessibilityLayer={false}>
        <defs>
          {parts.map(({ key, fill, color }) => (
            <Pattern key={key} id={`ring-${key}`} fill={fill} color={color} />
          ))}
        </defs>
        <Pie
          data={[...parts]}
          dataKey="value"
          nameKey="key"
          innerRadius="66%"
          outerRadius="98%"
          startAngle={90}
          endAngle={-270}
          isAnimationActive={false}
          rootTabIndex={-1}
        >
          {parts.map(({ key, color }) => (
            <Cell key={key} fill={patternUrl(`ring-${key}`)} stroke={color} />
          ))}
        </Pie>
      </PieChart>
    </ResponsiveContainer>
  );
}
