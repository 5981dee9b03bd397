type Counted<Reason extends string> = readonly { reason: Reason; count: number }[];

/** How many in all. */
export function sumOf(counted: Counted<string>): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

/** How many of one reason. */
export function countOf<Reason extends string>(counted: Counted<Reason>, reason: Reason): number {
  return counted.find((one) => one.reason === reason)?.count ?? 0;
}
