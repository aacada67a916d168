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
