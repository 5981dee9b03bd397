// The simulated time: the system's, plus what it was told to advance. Membership, windows and dates go by it.
export type Clock = {
  /** milliseconds since 1970 */
  now(): number;
  advance(ms: number): void;
  offsetMs(): number;
  reset(): void;
};

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(ms) {
      offset += ms;
    },
    offsetMs: () => offset,
    reset() {
      offset = 0;
    },
  };
}
