// All verdicts on one small random history against trying every order. Used by a test and by a script.
import { searchCycles } from "../model/cycles/cycle-search.js";
import { searchOrder } from "../model/cycles/order-search.js";
import { recordingOf } from "../model/cycles/reading.js";
import { sessionsOf } from "../model/sessions.js";
import { checkByVersion } from "../model/version-sweep.js";
import { isSerializable } from "./brute-force.js";
import { historyOf } from "./notation.js";
import { randomHistory } from "./random-history.js";

export type Verdict = "valid" | "invalid" | "unknown";

export interface Agreement {
  /** What trying everything says. */
  readonly truth: "valid" | "invalid";
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** A checker that is wrong, and the history; null where none is. `unknown` is never wrong. */
  readonly wrong: string | null;
}

/** With ids, and without: then only the second checkers have something to say. */
export function agreementOn(seed: number): readonly Agreement[] {
  const line = randomHistory(seed);
  const history = historyOf(line);
  const transactions = sessionsOf(history);
  const recording = recordingOf(history);
  return [true, false].map((ids) => {
    const judged = ids ? transactions : transactions.map((each) => ({ ...each, txn: null }));
    const truth = isSerializable(judged) ? "valid" : "invalid";
    const verdicts: Record<string, Verdict> = {
      cycles: searchCycles(recording, { ids }).verdict,
      order: searchOrder(recording, { ids }).verdict,
    };
    if (ids) verdicts["sweep"] = checkByVersion(transactions).verdict;
    const liar = Object.entries(verdicts).find(([, verdict]) => verdict !== "unknown" && verdict !== truth);
    const wrong = liar === undefined ? null : `seed ${seed}: ${liar[0]} says ${liar[1]}, it is ${truth}: ${line}`;
    return { truth, verdicts, wrong };
  });
}
