// What a fault says about one request. A request is three events (deliver, apply, respond); a ruling says what
// becomes of the second and the third. Faults only rule; the simulated world carries rulings out.
import type { StoreRequest, StoreResponse } from "./request.js";

export interface Ruling {
  /** How often, or when, the store applies the request. `later`: as a zombie, at a step the schedule picks. */
  readonly apply: "no" | "once" | "twice" | "later";
  /** What the client hears, given the store's own last answer (undefined where nothing was applied yet). */
  readonly answer: (own: StoreResponse | undefined, request: StoreRequest) => StoreResponse;
  /** The client dies with this request in flight: it never hears anything, its memory is gone. */
  readonly crash?: boolean;
  /** The client never hears anything and goes on waiting: it does nothing more in this run. */
  readonly hang?: boolean;
  /** The client's own clock is moved by so much, before the request. */
  readonly skewMs?: number;
  /** The client stands still before this request is judged: the store's clock jumps, others go on meanwhile. */
  readonly pause?: { readonly ms: number; readonly steps: number };
}
