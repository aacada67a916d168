// The clock port: the only way to ask for the time or to wait. A plan owns it in the simulated world.

export interface Clock {
  /** Milliseconds since the epoch, as this client's own clock shows them (it may be wrong). */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The machine's own clock, for runs outside the simulated world. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The same, in fractions of milliseconds, and never set back: for measuring. */
export function steadyClock(): Clock {
  const offsetMs = Date.now() - performance.now();
  return { now: () => Math.round(1000 * (offsetMs + performance.now())) / 1000, sleep: systemClock.sleep };
}

/** From now on: asked later, the share of the time in which this process had work, whether or not it was given a core. */
export function busyShare(): () => number {
  const before = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(before).utilization;
}

/** Calls `then` once, so many milliseconds of the machine's time later. Returns how to call it off. */
export function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}

/** Calls `then` once, when all that has come in by now has been dealt with. Returns how to call it off. */
export function soon(then: () => void): () => void {
  const immediate = setImmediate(then);
  return () => clearImmediate(immediate);
}
