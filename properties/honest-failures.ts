// P10. Only of runs that nothing disturbed: there a conflict has a winner, and nothing else fails but what has expired.
import type { Transaction } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const honestFailures: Property = {
  name: "honest-failures",
  promise: "P10",
  claim:
    "Without faults, conflict means that another transaction committed in between, and nothing else fails but expired.",
  judge: (view) => {
    const { disturbed, history } = view.record;
    if (disturbed) return null;
    for (const event of history) {
      if (event.type !== "fail" || event.error === "expired" || event.error === "conflict") continue;
      return violation(
        `${event.client}'s ${event.op} was answered fail ${event.error}, though nothing disturbed the run (${event.message ?? ""}).`,
      );
    }
    return winners(view);
  },
};

// --- internal ---

/** Who may have been in the way: a commit with writes that was under way, or answered ok, after the loser began. */
function winners(view: RunView): Finding {
  const transactions = view.transactions();
  const mayHaveWon =
    (loser: Transaction, lostAt: number) =>
    (other: Transaction): boolean =>
      other !== loser &&
      other.writes.size > 0 &&
      other.commit >= 0 &&
      other.commit < lostAt &&
      other.outcome !== "failed" &&
      (other.outcome !== "committed" || other.end > loser.begin);
  for (const [index, event] of view.record.history.entries()) {
    if (event.type !== "fail" || event.op !== "commit" || event.error !== "conflict") continue;
    const loser = transactions.findLast(
      ({ client, commit }) => client === event.client && commit >= 0 && commit < index,
    );
    if (loser !== undefined && !transactions.some(mayHaveWon(loser, index))) {
      return violation(
        `${event.client}'s commit was answered conflict, but no other transaction committed since its session began.`,
      );
    }
  }
  return null;
}
