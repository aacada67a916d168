// P10. Only of runs that nothing disturbed: there a conflict has a winner, and nothing else fails but what has expired.
import { Contest } from "./contest.js";
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
    let contest: Contest | undefined;
    const contestOf = (): Contest => {
      contest ??= new Contest(view.transactions());
      return contest;
    };
    for (let index = 0; index < history.length; index += 1) {
      const finding = judgeEvent(view, index, contestOf);
      if (finding !== null) return finding;
    }
    return null;
  },
};

// --- internal ---

function judgeEvent(view: RunView, index: number, contestOf: () => Contest): Finding {
  const { history, leaseTtlMs } = view.record;
  const event = history[index];
  // `info` is no failure: who finds the evidence collected says honestly that it can't be told.
  if (event?.type !== "fail") return null;
  const { client, op, error = "", message = "" } = event;
  if (error === "conflict" && op === "commit") {
    if (contestOf().hasWinner(client, index)) return null;
    return violation(
      `${client}'s commit (event ${index}) was answered conflict, but no other transaction committed since its session began.`,
    );
  }
  const ageMs = snapshotAgeMs(history, client, index);
  if (error === "expired" && !mustStillHold(ageMs, leaseTtlMs)) return null;
  return violation(
    `${client}'s ${op} (event ${index}) was answered fail ${error} ${ageMs} ms after it began, though nothing disturbed the run (${message}).`,
  );
}
