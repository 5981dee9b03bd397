// Preloaded into a process whose clock is to be wrong. TEST_CLOCK: `+3600000`, `-3600000` (milliseconds), or `jumps`,
// four times a second from an hour ahead to an hour behind and back. Monotonic clocks and timers stay right.
const hour = 3_600_000;
const setting = process.env.TEST_CLOCK ?? "+0";
const right = Date.now.bind(Date);

function now(): number {
  const time = right();
  if (setting !== "jumps") return time + Number(setting);
  return time + (Math.floor(time / 250) % 2 === 0 ? hour : -hour);
}

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  apply: (target) => new target(now()).toString(),
  get: (target, property, receiver) => (property === "now" ? now : Reflect.get(target, property, receiver)),
});
