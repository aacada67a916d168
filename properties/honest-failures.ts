// P10. Only of runs that nothing disturbed: there a conflict has a winner, and nothing else fails but what has expired.
import type { Transaction } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";
import { mustStillHold, snapshotAgeMs } from "./snapshot-age.js";
import type { RunView } from "./view.js";

export const honestFailures: Property = {
  name: "honest-failures",
  promise: "P10",
  claim:
    "Without faults, conflict means that another transaction committed in between, and nothing else fails but expired, after its time.",
  judge: (view) => {
    const { disturbed, history } = view.record;
    if (disturbed) return null;
    for (let index = 0; index < history.length; index += 1) {
      const finding = judgeEvent(view, index);
      if (finding !== null) return finding;
    }
    return null;
  },
};

// --- internal ---

function judgeEvent(view: RunView, index: number): Finding {
  const { history, leaseTtlMs } = view.record;
  const event = history[index];
  // `info` is no failure: who finds the evidence collected says honestly that it can't be told.
  if (event?.type !== "fail") return null;
  const { client, op, error = "", message = "" } = event;
  if (error === "conflict" && op === "commit") return winner(view, client, index);
  const ageMs = snapshotAgeMs(history, client, index);
  if (error === "expired" && !mustStillHold(ageMs, leaseTtlMs)) return null;
  return violation(
    `${client}'s ${op} (event ${index}) was answered fail ${error} ${ageMs} ms after it began, though nothing disturbed the run (${message}).`,
  );
}

/** Who may have been in the way: another client's commit with writes that was not over when the loser began. */
function winner(view: RunView, client: string, index: number): Finding {
  const transactions = view.transactions();
  const loser = transactions.findLast((each) => each.client === client && each.commit >= 0 && each.commit < index);
  if (loser === undefined) return null;
  const mayHaveWon = (other: Transaction): boolean =>
    other.client !== client &&
    other.writes.size > 0 &&
    other.commit >= 0 &&
    other.commit < index &&
    (other.outcome === "unknown" || (other.outcome === "committed" && other.end > loser.begin));
  if (transactions.some(mayHaveWon)) return null;
  return violation(
    `${client}'s commit (event ${index}) was answered conflict, but no other transaction committed since its session began.`,
  );
}
