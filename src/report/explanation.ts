// The anomaly in a run or a file, for people: its name, what it rules out, and the smallest cycle, a line an edge.
import { type Explanation, explain } from "../../model/cycles/explain.js";
import { recordingOf } from "../../model/cycles/reading.js";
import { secondVerdict } from "../../model/cycles/second-verdict.js";
import type { HistoryEvent } from "../../model/history.js";

/** Null where the answers are right (something in the bucket is wrong), or where only a search shows that they aren't. */
export function explanationOf(history: readonly HistoryEvent[]): Explanation | null {
  const recording = recordingOf(history);
  return explain(recording, secondVerdict(recording, { ids: false, budget: BUDGET }));
}

export function explained({ anomaly, adya, rulesOut, cycle, sentence }: Explanation): readonly string[] {
  const name = adya === null ? anomaly : `${anomaly} (${adya})`;
  const levels = rulesOut.length === 0 ? "" : `: rules out ${rulesOut.join(", ")}`;
  const why = cycle.length === 0 ? [sentence] : cycle.map((edge, at) => `${at === 0 ? "" : "yet "}${edge}`);
  return [`${name}${levels}`, ...why];
}

// --- internal ---

/** Explaining a run of a campaign must not take long. */
const BUDGET = 20_000;
