// What a campaign has done so far, counted.

/** What a campaign has done so far. */
export interface Tally {
  runs: number;
  steps: number;
  /** Runs repeated on the twin tier. */
  twins: number;
  /** Runs that the second checker judged too, of which it and the version sweep both came to a verdict. */
  compared: number;
  /** Runs on which some property could not be judged, and the first reason. */
  unknown: number;
  unknownBecause: string | undefined;
  /** Runs in which a program broke a promise and then, in fresh processes, did not: they count as unknown. */
  unlike: number;
  /** How often each *sometimes* was reached, all runs together. */
  readonly reached: Record<string, number>;
  readonly struck: Record<string, number>;
}

/** Nothing yet. */
export const emptyTally = (): Tally => ({
  runs: 0,
  steps: 0,
  twins: 0,
  compared: 0,
  unknown: 0,
  unknownBecause: undefined,
  unlike: 0,
  reached: {},
  struck: {},
});

/** A run of which something could not be judged. */
export function inDoubt(tally: Tally, because: string): void {
  tally.unknown += 1;
  tally.unknownBecause ??= because;
}
