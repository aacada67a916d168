// The two checkers judge each other. What one calls valid and the other invalid is a mistake of this program.
import type { Recording } from "../model/cycles/recording.js";
import { secondVerdict } from "../model/cycles/second-verdict.js";
import type { Serializability } from "../model/version-sweep.js";

export interface SecondOpinion {
  /** Both came to a verdict, so that they could be compared. */
  readonly compared: boolean;
  /** What they do not agree on; null where they do, or where one of them is `unknown`. */
  readonly disagreement: string | null;
}

/** Compares the sweep's answer with that of the cycle search and the search for an order, which never saw the sweep. */
export function secondOpinion(sweep: Serializability, recording: Recording, budget?: number): SecondOpinion {
  if (sweep.verdict === "unknown") return { compared: false, disagreement: null };
  const second = secondVerdict(recording, { ids: true, ...(budget === undefined ? {} : { budget }) });
  if (second.verdict === "unknown") return { compared: false, disagreement: null };
  if (second.verdict === sweep.verdict) return { compared: true, disagreement: null };
  const why = sweep.verdict === "invalid" ? ` (${sweep.anomaly.kind}: ${sweep.anomaly.message})` : "";
  return {
    compared: true,
    disagreement: `the version sweep says ${sweep.verdict}${why}, the second checker ${second.verdict}: ${JSON.stringify(second)}`,
  };
}
