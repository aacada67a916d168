// What the scheduler chooses from: everything that waits to happen.
import type { StoreRequest } from "../store/request.js";

/** One thing that can happen next: a request parked at the door, a sleeper's alarm, or a zombie's late arrival. */
export interface Waiting {
  /** Names the choice in a recorded schedule: a client's number, or for a zombie the next number after all in use. */
  readonly lane: number;
  readonly kind: "request" | "alarm" | "zombie";
  /** Absent for alarms. */
  readonly request: StoreRequest | undefined;
  /** Not before this, milliseconds on the store's clock: an alarm, and in a timed run everything. Else 0. */
  readonly dueMs: number;
  /** A strategy's own note on this entry, undefined when it has just arrived. */
  rank: number | undefined;
}

/** Decides who goes next. It sees all that waits, never empty, and answers with an index. */
export interface Strategy {
  readonly pick: (waiting: readonly Waiting[]) => number;
  /** The lane that a recorded schedule goes on with. */
  readonly wanted?: () => number | undefined;
}
