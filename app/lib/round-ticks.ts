/** From 0 to `most` or a little more, in at most five equal steps of 1, 2 or 5 tens, hundreds …: what one reads off an axis. */
export function roundTicks(most: number): number[] {
  const least = Math.max(1, most / 5);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => size >= least) ?? 10 * power;
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, nr) => nr * step);
}
