import { useClock } from "#app/lib/clock.tsx";

/** A moment as people say it ("il y a 3 min"), the exact one on hover and for programs. */
export function Time({ at, className }: { at: Date; className?: string }) {
  const { now, format } = useClock();
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, now)} className={className}>
      {format.relative(at, now)}
    </time>
  );
}
