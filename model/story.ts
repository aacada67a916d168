// The bucket's own story: every request that the store applied, in order. What properties that look inside see.

/** One applied request. `body` and `metadata` are what a PUT wrote. */
export interface Applied {
  /** The step of the schedule in which it was applied; several may share one (a duplicate). */
  readonly step: number;
  /** Who sent it; a dead client's zombies keep its name. */
  readonly client: string;
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE" | "LIST";
  /** Key relative to the manifest's prefix, such as `HEAD.json` or `segments/seg-...json`. */
  readonly key: string;
  readonly status: number;
  readonly body?: string;
  readonly etag?: string;
  /** The store's clock when it was applied, milliseconds. */
  readonly atMs: number;
  /** How the request was dealt with, where a fault ruled: the fault's kind. */
  readonly fault?: string;
}

/** What followed when the faults were over: indexes of the history. Faults strike no more, and time hardly moves. */
export interface Healed {
  /** From here on those that never crashed nor hung commit, once each and all together, each in turn. */
  readonly crowd: number;
  /** From here on one client after the other works alone. */
  readonly alone: number;
  /** True where this did not end within many times the steps that it takes. */
  readonly endless: boolean;
  /** True for a program: how many requests its operations take, and what is garbage to it, nobody has said. */
  readonly unbounded?: true;
}

/** All that a property may look at. */
export interface RunRecord {
  readonly history: readonly import("./history.js").HistoryEvent[];
  readonly story: readonly Applied[];
  readonly leaseTtlMs: number;
  /** True where a fault, a pause or a crash struck, or a clock is wrong: P10 speaks of runs without any. */
  readonly disturbed: boolean;
  /** True where the bucket's objects are not of a format that can be read here: then the story says nothing to a judge. */
  readonly foreign?: boolean;
  /** Promises that a store personality takes away in this run, such as `P7`. */
  readonly waived: readonly string[];
  /** Where the run went on after its faults: P9 speaks of such runs. */
  readonly healed?: Healed;
}
