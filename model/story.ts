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

/** All that a property may look at. */
export interface RunRecord {
  readonly history: readonly import("./history.js").HistoryEvent[];
  readonly story: readonly Applied[];
  readonly leaseTtlMs: number;
  /** True where a fault, a pause or a crash struck, or a clock is wrong: P10 speaks of runs without any. */
  readonly disturbed: boolean;
  /** Promises that a store personality takes away in this run, such as `P7`. */
  readonly waived: readonly string[];
}
