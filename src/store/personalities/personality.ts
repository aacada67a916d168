// A store's personality: one way in which a store breaks S3's contract, always. A fault strikes once; this is how the store is.
import type { Apply } from "../request.js";

export interface Personality {
  /** The name for `--personality`. */
  readonly name: string;
  /** One sentence: what the store does, and which does. */
  readonly says: string;
  /** The promises that no manifest can keep on such a store. */
  readonly waives: readonly string[];
  /** The store with this personality in front of it. What it does depends on the requests so far, and on nothing else. */
  readonly over: (store: Apply) => Apply;
}
