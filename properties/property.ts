// A property is one promise: a name, a sentence, and a judge that sees the run's record and nothing else.
import type { RunRecord } from "../model/story.js";

/** What a judge answers: null (kept), a violation, or that it could not look. */
export type Finding =
  | null
  | { readonly verdict: "invalid"; readonly message: string }
  | { readonly verdict: "unknown"; readonly message: string };

export interface Property {
  /** Stable id, also the file's name: `strictly-serializable`. */
  readonly name: string;
  /** Which of P1 to P10. */
  readonly promise: string;
  /** The promise in one sentence, shown when it is broken. */
  readonly claim: string;
  readonly judge: (record: RunRecord) => Finding;
}
