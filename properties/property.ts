// A property is one promise: a name, a sentence, and a judge that sees the run's record and nothing else.
import type { RunView } from "./view.js";

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
  /** Judges the record, through a view that computes what several judges need only once. */
  readonly judge: (view: RunView) => Finding;
}

/** A violation, as a judge returns it. */
export function violation(message: string): Finding {
  return { verdict: "invalid", message };
}
