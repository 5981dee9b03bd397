// The callbacks to come: they run on real timers, can be hurried, and one can wait until none is left.

export type Scheduler = {
  /** runs `task` after a real delay; returns what calls it off */
  schedule(delayMs: number, task: () => Promise<void>): () => void;
  /** resolves after the delay, or at once when hurried */
  wait(delayMs: number): Promise<void>;
  /** counts work under way that no timer started */
  track<T>(work: Promise<T>): Promise<T>;
  pending(): number;
  /** true once nothing is pending, false when that takes longer */
  idle(timeoutMs: number): Promise<boolean>;
  /** runs everything to come now, in order, what it leads to included; as `idle` */
  flush(timeoutMs: number): Promise<boolean>;
  /** forgets everything to come; work under way no longer counts */
  clear(): void;
};

type Entry = { dueAt: number; order: number; timer: NodeJS.Timeout | null; start(): void };

export function createScheduler(): Scheduler {
  const waiting = new Set<Entry>();
  let running = new Set<symbol>();
  let idlers: (() => void)[] = [];
  let hurrying = 0;
  let order = 0;

  const pending = () => waiting.size + running.size;
  const wakeIdlers = () => {
    if (pending() > 0) return;
    const woken = idlers;
    idlers = [];
    for (const wake of woken) wake();
  };

  function track<T>(work: Promise<T>): Promise<T> {
    const key = Symbol();
    const round = running;
    round.add(key);
    const done = () => {
      round.delete(key);
      wakeIdlers();
    };
    work.then(done, done);
    return work;
  }

  function schedule(delayMs: number, task: () => Promise<void>): () => void {
    const entry: Entry = {
      dueAt: Date.now() + delayMs,
      order: order++,
      timer: null,
      start() {
        if (!waiting.delete(entry)) return;
        if (entry.timer) clearTimeout(entry.timer);
        void track(task());
      },
    };
    waiting.add(entry);
    entry.timer = setTimeout(entry.start, hurrying > 0 ? 0 : delayMs);
    return () => {
      if (entry.timer) clearTimeout(entry.timer);
      if (waiting.delete(entry)) wakeIdlers();
    };
  }

  function idle(timeoutMs: number): Promise<boolean> {
    if (pending() === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      idlers.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  return {
    schedule,
    track,
    pending,
    idle,
    wait: (delayMs) =>
      new Promise((resolve) => {
        schedule(delayMs, async () => resolve());
      }),
    async flush(timeoutMs) {
      hurrying += 1;
      try {
        for (const entry of [...waiting].sort((a, b) => a.dueAt - b.dueAt || a.order - b.order))
          entry.start();
        return await idle(timeoutMs);
      } finally {
        hurrying -= 1;
      }
    },
    clear() {
      for (const entry of waiting) if (entry.timer) clearTimeout(entry.timer);
      waiting.clear();
      running = new Set();
      wakeIdlers();
    },
  };
}
